import { describe, expect, test } from 'vitest';
import {
  changesInShort,
  entryAsText,
  fieldInWords,
  isSameValue,
  objectHref,
  objectInWords,
  outcomeOf,
  refusalInWords,
  valueInWords,
  wholeObject,
} from './entry-words.ts';
import { operationInWords, writesByTag } from './operation-words.ts';
import { buildEntry } from './testing.ts';

test.each([
  [200, 'done'],
  [204, 'done'],
  [302, 'refused'],
  [403, 'refused'],
  [500, 'refused'],
  [null, 'unknown'],
])('a status of %s is %s', (status, outcome) => {
  expect(outcomeOf({ status })).toBe(outcome);
});

test.each([
  [{ refusal: 'role_required', status: 403 }, 'The role did not allow it'],
  [{ refusal: 'made_up_tomorrow', status: 400 }, 'made_up_tomorrow'],
  [{ refusal: 'constructor', status: 400 }, 'constructor'],
  [{ refusal: null, status: 502 }, 'The workspace failed'],
  [{ refusal: null, status: 404 }, 'Answered with 404'],
])('%o reads as "%s"', (entry, words) => {
  expect(refusalInWords(entry)).toBe(words);
});

test.each([
  ['/ticket_types/7', 'Bug', 'Bug', '/ticket-types/7'],
  ['/ticket_types/7/attributes/12', null, 'Attribute 12', '/ticket-types/7'],
  ['/people/p_1', null, 'Person p_1', '/people?person=p_1'],
  ['/gateway/people/p_1', 'Ada', 'Ada', '/people?person=p_1'],
  ['/tags/9', null, '/tags/9', undefined],
  ['/ticket_types', null, '/ticket_types', undefined],
  [null, null, '', undefined],
])('%s named %s is %s, at %s', (object, name, words, href) => {
  expect(objectInWords({ object, object_name: name })).toBe(words);
  expect(objectHref(object)).toBe(href);
});

test('everything about an attribute is everything about its ticket type', () => {
  expect([wholeObject('/ticket_types/7/attributes/12'), wholeObject('/people/1')]).toEqual([
    '/ticket_types/7',
    '/people/1',
  ]);
});

test.each([
  [undefined, 'Not known'],
  [null, 'None'],
  ['', 'Empty'],
  [false, 'No'],
  [0, '0'],
  [['agent', 'admin'], 'agent, admin'],
  [[], 'None'],
  [{ a: 1 }, '{\n  "a": 1\n}'],
  [
    [
      { id: '1', label: 'Low' },
      { id: '2', label: 'High' },
    ],
    'Low, High',
  ],
  [[{ name: 'Billing' }], 'Billing'],
  [[{ id: 1 }], '[\n  {\n    "id": 1\n  }\n]'],
])('the value %o reads as %o', (value, words) => {
  expect(valueInWords(value)).toBe(words);
});

test('fields read as words', () => {
  expect(['visible_on_create', 'is_internal'].map(fieldInWords)).toEqual(['Visible on create', 'Internal']);
});

describe('changes in short', () => {
  test.each([
    [[], ''],
    [[{ field: 'name', before: 'A', after: 'B' }], 'Name: A → B'],
    [[{ field: 'name', after: 'B' }], 'Name: B'],
    [
      [
        { field: 'name', before: 'A', after: 'B' },
        { field: 'icon', before: '1', after: '2' },
      ],
      'Name: A → B and 1 more',
    ],
    [[{ field: 'text', before: '', after: 'x\ny '.repeat(20) }], `Text: Empty → ${'x y '.repeat(10).slice(0, 39)}…`],
  ])('%j is "%s"', (changes, words) => {
    expect(changesInShort(changes)).toBe(words);
  });
});

test('values are the same whatever the order of their keys, but not of their items', () => {
  expect(isSameValue({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true);
  expect(isSameValue([1, 2], [2, 1])).toBe(false);
  expect(isSameValue(undefined, null)).toBe(false);
  expect(isSameValue('1', 1)).toBe(false);
});

test('operations are told in the contract’s words, and unknown ones as they are', () => {
  expect(operationInWords('updateTicketType')).toBe('Update a ticket type');
  expect(operationInWords('invitePerson')).toBe('Invite a person');
  expect(operationInWords('somethingOfTomorrow')).toBe('somethingOfTomorrow');
  expect(operationInWords('toString')).toBe('toString');
});

test('only writes are offered as filters', () => {
  const names = [...writesByTag().values()].flat().map(({ name }) => name);
  expect(names).toContain('updateTicketTypeAttribute');
  expect(names).toContain('signIn');
  expect(names).not.toContain('listTicketTypes');
});

test('an entry as text has all that is known of it', () => {
  const entry = buildEntry({ status: 403, refusal: 'role_required', changes: [{ field: 'name', after: 'B' }] });
  expect(entryAsText(entry, 'Update a ticket type')).toBe(
    [
      'Update a ticket type (updateTicketType)',
      'At 2026-11-21T09:00:00.000Z',
      'By Ada Owner (p1)',
      'From 192.0.2.7',
      'About Bug report, /ticket_types/7',
      'Refused: The role did not allow it',
      'Request req-1',
      'name: ? → "B"',
    ].join('\n'),
  );
});
