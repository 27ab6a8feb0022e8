import { expect, test } from 'vitest';
import { type Command, groupCommands } from './command-groups.ts';

const commands: Command[] = [
  { id: 'create', label: 'Create ticket type', group: 'Actions' },
  { id: 'theme', label: 'Switch theme', group: 'Actions', keywords: ['dark', 'light'] },
  { id: 'types', label: 'Ticket types', group: 'Go to' },
  { id: 'tickets', label: 'Tickets', group: 'Go to' },
];
const shape = (query: string, recentIds?: string[], list = commands) =>
  groupCommands(list, query, recentIds).map(({ title, entries }) => [title, entries.map(({ id }) => id)]);

test('with nothing typed, all groups stand in their order', () => {
  expect(shape('')).toEqual([
    ['Actions', ['create', 'theme']],
    ['Go to', ['types', 'tickets']],
  ]);
});

test('with nothing typed, what was used last leads, once, and what is gone is left out', () => {
  expect(shape(' ', ['tickets', 'deleted', 'theme'])).toEqual([
    ['Recent', ['tickets', 'theme']],
    ['Actions', ['create']],
    ['Go to', ['types']],
  ]);
});

test('the group with the best match comes first', () => {
  expect(shape('ticket')).toEqual([
    ['Go to', ['tickets', 'types']],
    ['Actions', ['create']],
  ]);
});

test('a keyword finds, and so does the group with a word of the label', () => {
  expect(shape('dark')).toEqual([['Actions', ['theme']]]);
  expect(shape('go types')).toEqual([['Go to', ['types']]]);
});

test('a record found elsewhere is shown whatever is typed', () => {
  const found: Command = { id: 'record', label: 'Bug report', group: 'Records', matched: true };
  expect(shape('dark', [], [...commands, found])).toEqual([
    ['Actions', ['theme']],
    ['Records', ['record']],
  ]);
});
