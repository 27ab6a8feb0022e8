import { describe, expect, test } from 'vitest';
import { createTicketTypeAttributeBody } from '#contract/ticket-type-changes.ts';
import { attributeDataTypes } from '#contract/ticket-types.ts';
import {
  type AttributeValues,
  attributeDifferences,
  attributeValues,
  emptyAttribute,
  fromAttribute,
  toCreateAttributeBody,
  toUpdateAttributeBody,
} from './attribute-form.ts';
import {
  attributeRows,
  countStaged,
  isNameTaken,
  nothingStaged,
  restage,
  stageAdded,
  stageChanged,
} from './staged-attributes.ts';
import { buildAttribute, buildTicketType } from './testing.ts';
import { emptyTicketType, fromTicketType, toCreateBody, toUpdateBody } from './ticket-type-form.ts';

const list: AttributeValues = {
  ...emptyAttribute,
  name: ' Size ',
  dataType: 'list',
  listItems: [{ label: 'Small ' }, { label: 'Large' }],
};

function issues(values: AttributeValues): string[] {
  return (attributeValues.safeParse(values).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
}

describe('an attribute', () => {
  test.each(attributeDataTypes)('of type %s becomes a body that the contract takes', (dataType) => {
    const values = { ...list, dataType, multiline: true, allowMultipleValues: true };
    expect(createTicketTypeAttributeBody.safeParse(toCreateAttributeBody(values)).error).toBeUndefined();
  });
  test('has its list items sent as one text, trimmed', () => {
    expect(toCreateAttributeBody(list)).toMatchObject({ name: 'Size', list_items: 'Small,Large' });
  });
  test('is updated with what differs only', () => {
    const before = fromAttribute(buildAttribute());
    expect(toUpdateAttributeBody({ ...before, description: 'New', multiline: true }, before)).toEqual({
      description: 'New',
      multiline: true,
    });
    expect(toUpdateAttributeBody(before, before)).toEqual({});
  });
  test('may not have an item with a comma, an empty item, the same twice, or none', () => {
    const items = ['a,b', ' ', 'x', 'x '].map((label) => ({ label }));
    expect(issues({ ...list, listItems: items })).toEqual([
      'listItems.0.label: may not contain a comma: the API separates items with it',
      'listItems.1.label: is a required parameter',
      'listItems.3.label: stands in the list already',
    ]);
    expect(issues({ ...list, listItems: [] })).toEqual(['listItems: needs at least one item']);
    expect(issues({ ...list, dataType: 'integer', listItems: [] })).toEqual([]);
  });
  test('has its differences told in words', () => {
    const after = { ...list, listItems: [{ label: 'Small' }], requiredToCreate: true };
    expect(attributeDifferences(list, after)).toEqual([
      { key: 'requiredToCreate', label: 'Required for teammates', before: 'No', after: 'Yes' },
      { key: 'listItems', label: 'List items', before: 'Small, Large', after: 'Small' },
    ]);
  });
});

describe('staged changes', () => {
  const attribute = buildAttribute();
  const values = fromAttribute(attribute);

  test('that end as they began are none', () => {
    const staged = stageChanged(nothingStaged, attribute, { ...values, name: 'Other' });
    expect(countStaged(staged)).toBe(1);
    expect(countStaged(stageChanged(staged, attribute, values))).toBe(0);
  });
  test('stay measured by what the person saw first, until a conflict is settled', () => {
    const first = stageChanged(nothingStaged, attribute, { ...values, name: 'Mine' });
    const newer = buildAttribute({ name: 'Theirs', updated_at: 1_719_493_099 });
    const second = stageChanged(first, newer, { ...values, name: 'Mine again' });
    expect(second.changed['210']).toMatchObject({ before: values, unmodifiedSince: 1_719_493_013 });
    const settled = restage(second, newer, { ...values, name: 'Mine again' });
    expect(settled.changed['210']).toMatchObject({ before: { name: 'Theirs' }, unmodifiedSince: 1_719_493_099 });
  });
  test('show in the table in the order of the API, new ones last', () => {
    const other = buildAttribute({ id: '9', name: 'First', order: 1 });
    const staged = stageAdded(stageChanged(nothingStaged, attribute, { ...values, archived: true }), 'new-1', list);
    const rows = attributeRows([attribute, other], staged);
    expect(rows.map(({ key, state }) => [key, state])).toEqual([
      ['9', 'unchanged'],
      ['210', 'changed'],
      ['new-1', 'added'],
    ]);
    expect(isNameTaken(rows, 'new-2', 'first ')).toBe(true);
    expect(isNameTaken(rows, '9', 'First')).toBe(false);
    expect(isNameTaken(rows, 'new-2', 'Priority')).toBe(false);
  });
});

describe('a ticket type', () => {
  test('is created with trimmed texts', () => {
    expect(toCreateBody({ ...emptyTicketType, name: ' Bug ' })).toEqual({
      name: 'Bug',
      description: '',
      category: 'Customer',
      is_internal: false,
      icon: '🎟️',
    });
  });
  test('is updated with what differs only', () => {
    const before = fromTicketType(buildTicketType());
    expect(toUpdateBody({ ...before, icon: '🚚' }, before)).toEqual({ icon: '🚚' });
  });
  test('without a category shows the one that its internal flag means', () => {
    const { category: _, ...older } = buildTicketType({ is_internal: true });
    expect(fromTicketType(older).category).toBe('Back-office');
  });
});
