import { describe, expect, test } from 'vitest';
import type { AttributeDataType, TicketTypeAttribute } from '#contract/ticket-types.ts';
import { readAttributeText } from './attribute-text.ts';
import { testAttribute } from './testing.ts';

function attribute(data_type: AttributeDataType, input_options: TicketTypeAttribute['input_options'] = null) {
  return testAttribute({ id: '1', name: 'Some attribute', data_type, input_options });
}

const list = attribute('list', {
  list_options: [
    { id: 'a-1', label: 'Arrived late' },
    { id: 'a-2', label: 'Überfällig' },
  ],
});

describe('what is typed is read as a value of the attribute', () => {
  test.each([
    ['a text without the blanks around it', attribute('string'), '  FO-1 ', 'FO-1'],
    ['a text of several lines as it is', attribute('string', { multiline: true }), ' a\nb ', ' a\nb '],
    ['a whole number', attribute('integer'), '-12', -12],
    ['a number', attribute('decimal'), '12.50', 12.5],
    ['a flag', attribute('boolean'), 'Yes', true],
    ['a flag that is off', attribute('boolean'), '0', false],
    ['an item by its label, whatever its case', list, 'überfällig', 'a-2'],
    ['an item by its id', list, 'a-1', 'a-1'],
    ['a time with its zone', attribute('datetime'), '2026-03-31T14:30:00Z', 1_774_967_400],
    ['a time in the zone of the person', attribute('datetime'), '2026-03-31 14:30', new Date(2026, 2, 31, 14, 30)],
    ['a day as its beginning', attribute('datetime'), '2026-03-31', new Date(2026, 2, 31)],
    ['nothing', attribute('integer'), '  ', null],
  ])('%s', (_, of, typed, expected) => {
    const value = expected instanceof Date ? expected.getTime() / 1000 : expected;
    expect(readAttributeText(of, typed)).toEqual({ value });
  });

  test('web addresses as files with a name', () => {
    const many = attribute('files', { allow_multiple_values: true });
    expect(readAttributeText(many, 'https://files.example/a%20b.png\nhttps://files.example/')).toEqual({
      value: [
        { name: 'a b.png', url: 'https://files.example/a%20b.png' },
        { name: 'files.example', url: 'https://files.example/' },
      ],
    });
  });
});

describe('what cannot be read says why', () => {
  test.each([
    [attribute('integer'), '1.5', 'is not a whole number'],
    [attribute('integer'), '1e400', 'is not a whole number'],
    [attribute('decimal'), '1,5', 'is not a number such as 12.50'],
    [attribute('boolean'), 'maybe', 'is neither yes nor no'],
    [list, 'Lost', 'has no item “Lost”'],
    [attribute('datetime'), '2026-02-30', 'is not a date such as 2026-03-31 or 2026-03-31 14:30'],
    [attribute('datetime'), '31.3.2026', 'is not a date such as 2026-03-31 or 2026-03-31 14:30'],
    [attribute('files'), 'javascript:alert(1)', 'has no web address in “javascript:alert(1)”'],
    [attribute('files'), 'https://a.example https://b.example', 'takes one file only'],
  ])('%o takes no %s', (of, typed, problem) => {
    expect(readAttributeText(of, typed)).toEqual({ problem });
  });
});
