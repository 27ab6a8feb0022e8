import {
  type BatchInput,
  batchLimits,
  type ImportRow,
  importRow,
  type TicketChange,
} from '#contract/gateway/batches.ts';
import type { OperationName } from '#contract/operations.ts';
import { invalidField } from '../refusal.ts';
import type { ItemRow } from './item-store.ts';
import type { StoredTask } from './tables.ts';
import { type Values, valuesAskedFor } from './ticket-values.ts';
import type { TicketTask } from './write-ticket.ts';

/** The operations that a batch makes use of: who may not use them may not ask for it. */
export function operationsOf(task: StoredTask): OperationName[] {
  if (task.kind === 'import') return ['createTicket'];
  if (task.kind === 'revert') return ['updateTicket', 'attachTagToTicket', 'detachTagFromTicket'];
  const { add_tags = [], remove_tags = [], ...fields } = task.change;
  return [
    ...(Object.keys(fields).length > 0 ? (['updateTicket'] as const) : []),
    ...(add_tags.length > 0 ? (['attachTagToTicket'] as const) : []),
    ...(remove_tags.length > 0 ? (['detachTagFromTicket'] as const) : []),
  ];
}

/** What to write to the ticket of an item. */
export function ticketTaskOf(task: StoredTask, { input }: Pick<ItemRow, 'input'>): TicketTask {
  if (task.kind === 'change') return { wanted: valuesAskedFor(task.change) };
  return { wanted: values(input?.wanted), expected: values(input?.expected) };
}

const values = (stored: unknown): Values => (typeof stored === 'object' && stored !== null ? { ...stored } : {});

/** The row of an import's item, as it was parsed when it came. */
export function importRowOf({ input }: Pick<ItemRow, 'input'>): ImportRow {
  return importRow.parse(input);
}

/** What is asked for, in the form in which it is kept. Throws a `Refusal`. */
export function taskOf(input: BatchInput): StoredTask {
  if (input.kind === 'import') return input;
  const { tickets, change } = input;
  assertChange(change);
  if (!('ids' in tickets)) return { kind: 'change', query: tickets.query, change };
  const ids = [...new Set(tickets.ids)];
  if (ids.length === 0 || ids.length > batchLimits.ids) {
    throw invalidField('input', `may name between 1 and ${batchLimits.ids} tickets`);
  }
  return { kind: 'change', ids, change };
}

function assertChange(change: TicketChange): void {
  const { add_tags = [], remove_tags = [], ticket_attributes = {} } = change;
  const asked = Object.keys(valuesAskedFor(change)).length;
  if (asked === 0) throw invalidField('input', 'changes nothing');
  if (add_tags.length + remove_tags.length > batchLimits.tags) {
    throw invalidField('input', `may have at most ${batchLimits.tags} tags`);
  }
  if (add_tags.some((id) => remove_tags.includes(id))) {
    throw invalidField('input', 'adds and removes the same tag');
  }
  if (Object.keys(ticket_attributes).length > batchLimits.values) {
    throw invalidField('input', `may have at most ${batchLimits.values} attributes`);
  }
}
