import { describe, expect, test } from 'vitest';
import { defaultAttributeNames } from '#contract/ticket-types.ts';
import { askedAttributes, type NewTicketValues, problemsOf, templateOf, toCreateBody } from './new-ticket-form.ts';
import { testTicketType } from './testing.ts';

const ticketType = testTicketType([
  { id: '1', name: defaultAttributeNames.title, data_type: 'string', required_to_create: true },
  { id: '2', name: defaultAttributeNames.description, data_type: 'string' },
  { id: '3', name: 'Reason', data_type: 'list', required_to_create: true, visible_on_create: false },
  { id: '4', name: 'Items', data_type: 'integer', visible_on_create: false },
  { id: '5', name: 'Gone', data_type: 'string', archived: true },
]);
const filled: NewTicketValues = {
  contact: { kind: 'known', id: 'c1', label: 'Ada' },
  company: { id: 'acme', label: 'Acme' },
  attributes: { '1': ' Late ', '2': '', '3': 'guid-1', '4': '2', '5': 'old' },
};

test('required attributes are asked for even when they are hidden, archived ones never', () => {
  const { shown, more } = askedAttributes(ticketType);
  expect([shown, more].map((attributes) => attributes.map(({ id }) => id))).toEqual([['1', '2', '3'], ['4']]);
});

describe('what is sent', () => {
  test('are the values by name, without empty and archived ones', () => {
    expect(toCreateBody(filled, ticketType)).toEqual({
      ticket_type_id: '7',
      contacts: [{ id: 'c1' }],
      company_id: 'acme',
      ticket_attributes: { [defaultAttributeNames.title]: 'Late', Reason: 'guid-1', Items: 2 },
    });
  });

  test('is the email of a contact who is not known, or the id once they are made', () => {
    const values: NewTicketValues = { ...filled, contact: { kind: 'new', email: 'b@c.example', name: '' } };
    expect(toCreateBody(values, ticketType).contacts).toEqual([{ email: 'b@c.example' }]);
    expect(toCreateBody(values, ticketType, 'c2').contacts).toEqual([{ id: 'c2' }]);
  });
});

test('everything that is missing or wrong is told at once', () => {
  const values: NewTicketValues = { contact: null, company: null, attributes: { '4': 'two' } };
  expect(Object.fromEntries(problemsOf(values, ticketType))).toEqual({
    contact: 'Contact is required.',
    1: 'Title is required.',
    3: 'Reason is required.',
    4: 'Items is not a whole number.',
  });
  expect(problemsOf(filled, ticketType).size).toBe(0);
  const odd: NewTicketValues = { ...filled, contact: { kind: 'new', email: 'ada', name: '' } };
  expect(problemsOf(odd, ticketType).get('contact')).toBe('“ada” is not an email address.');
});

test('the next ticket may begin with all but what is about this one alone', () => {
  expect(templateOf(filled, ticketType)).toEqual({ '3': 'guid-1', '4': '2' });
});
