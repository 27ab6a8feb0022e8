import { describe, expect, test } from 'vitest';
import { defaultAttributeNames } from '#contract/ticket-types.ts';
import { readCsvText, toCsvText, UnreadableFile } from './import-file.ts';
import { guessMapping, missingTargets, sampleRows, targetsOf, toImportRow } from './import-mapping.ts';
import { testTicketType } from './testing.ts';

const ticketType = testTicketType([
  { id: '1', name: defaultAttributeNames.title, data_type: 'string', required_to_create: true },
  { id: '2', name: defaultAttributeNames.description, data_type: 'string' },
  { id: '3', name: 'What went wrong', data_type: 'list', required_to_create: true },
  { id: '4', name: 'Items affected', data_type: 'integer' },
  { id: '5', name: 'Old field', data_type: 'string', archived: true },
]);
const targets = targetsOf(ticketType);
const byKey = new Map(targets.map((target) => [target.key, target]));

describe('columns', () => {
  test('are recognised by their headings, each target once, archived attributes never', () => {
    const headings = ['E-Mail', 'title', 'what_went_wrong', 'Title', 'Old field', 'Colour'];
    expect(guessMapping(headings, targets)).toEqual([
      'email',
      'attribute:1',
      'attribute:3',
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('that every ticket needs are named while they are missing', () => {
    expect(missingTargets([undefined, 'attribute:1'], targets)).toEqual([
      'What went wrong',
      'one of the contact’s ids',
    ]);
    expect(missingTargets(['external_id', 'attribute:1', 'attribute:3'], targets)).toEqual([]);
  });
});

describe('a row', () => {
  const mapping = ['email', 'attribute:1', 'attribute:3', 'attribute:4', undefined];
  const row = (cells: string[]) => toImportRow({ line: 9, cells }, mapping, byKey);

  test('becomes what is to be created, list items by their id', () => {
    expect(row(['ada@example.com', ' Late ', 'arrived late', '2', 'ignored'])).toEqual({
      row: {
        line: 9,
        contact: { email: 'ada@example.com' },
        ticket_attributes: { [defaultAttributeNames.title]: 'Late', 'What went wrong': 'guid-1', 'Items affected': 2 },
      },
      problems: [],
    });
  });

  test('says everything that is wrong with it, and keeps what was written', () => {
    const { row: made, problems } = row(['', '', 'Lost', 'two', '']);
    expect(problems).toEqual([
      { label: 'Title', problem: 'is required' },
      { label: 'What went wrong', problem: 'has no item “Lost”' },
      { label: 'Items affected', problem: 'is not a whole number' },
      { label: 'Contact', problem: 'is required' },
    ]);
    expect(made.ticket_attributes).toEqual({ 'What went wrong': 'Lost', 'Items affected': 'two' });
  });

  test('of the sample file is right', () => {
    const table = readCsvText('sample.csv', toCsvText(sampleRows(ticketType)));
    const guessed = guessMapping(table.headings, targets);
    expect(guessed).not.toContain(undefined);
    expect(table.rows.flatMap((each) => toImportRow(each, guessed, byKey).problems)).toEqual([]);
  });
});

describe('a file', () => {
  test('is read with quotes, line breaks in cells, semicolons, a byte order mark and blank lines', () => {
    const table = readCsvText('a.csv', '\uFEFFTitle;Description\r\n"One ""1""";"two\nlines"\r\n\r\n;\r\nThree;\r\n');
    expect(table).toEqual({
      fileName: 'a.csv',
      headings: ['Title', 'Description'],
      rows: [
        { line: 2, cells: ['One "1"', 'two\nlines'] },
        { line: 5, cells: ['Three', ''] },
      ],
    });
  });

  test('that was made harmless to spreadsheets is read as it was before', () => {
    const { rows } = readCsvText('a.csv', "Title\n'=1+1\n'- none\n'quoted'\n");
    expect(rows.map(({ cells }) => cells[0])).toEqual(['=1+1', '- none', "'quoted'"]);
  });

  test.each([
    ['', 'The first row is empty; it has to hold the headings of the columns.'],
    ['Title\n\n', 'There are headings, but no rows below them.'],
    ['Title\n"open\n', 'A quotation mark in row 2 is never closed.'],
    ['Title\na,b\n', 'Row 2 has more cells than there are headings.'],
  ])('%j is refused with the reason', (text, reason) => {
    expect(() => readCsvText('a.csv', text)).toThrow(new UnreadableFile(reason));
  });
});
