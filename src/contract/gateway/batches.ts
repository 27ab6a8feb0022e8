import * as z from 'zod/mini';
import { givenRecordOf, text } from '../fields.ts';
import type { Operation } from '../operation.ts';
import { searchQuery } from '../search-body.ts';
import { ticketStates } from '../ticket-states.ts';

/** Counts in items. */
export const batchLimits = { ids: 10_000, rowsPerRequest: 500, rows: 50_000, tags: 20, values: 50 } as const;

const objectId = z.string().check(z.regex(/^[\w-]{1,40}$/, 'is not an id'));
const file = z.object({ name: text(255), url: text(2_000) });
const value = z.nullable(z.union([text(10_000), z.number(), z.boolean(), z.array(file)]));

/** What a bulk change writes to each ticket. At least one of these. */
export const ticketChange = z.object({
  state: z.optional(z.enum(ticketStates)),
  open: z.optional(z.boolean()),
  is_shared: z.optional(z.boolean()),
  /** Unix seconds. */
  snoozed_until: z.optional(z.int()),
  /** An admin, a team, or "0" for nobody. */
  assignee_id: z.optional(objectId),
  /** By the names of attributes of the ticket's type. A ticket whose type has none of that name fails. */
  ticket_attributes: z.optional(givenRecordOf(value)),
  add_tags: z.optional(z.array(objectId)),
  remove_tags: z.optional(z.array(objectId)),
});
export type TicketChange = z.output<typeof ticketChange>;

/** One row of an import, as it is to be created. */
export const importRow = z.object({
  /** The row's number in the file, the first after the headings being 2. */
  line: z.int(),
  /** By the names of the type's attributes; list attributes by the id of their item. */
  ticket_attributes: givenRecordOf(value),
  contact: z.object({ id: z.optional(objectId), email: z.optional(text(255)), external_id: z.optional(text(255)) }),
  company_id: z.optional(text(255)),
});
export type ImportRow = z.output<typeof importRow>;

export const batchInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('change'),
    /** Those with one of the ids, or all that a search finds when the batch begins. */
    tickets: z.union([z.object({ ids: z.array(objectId) }), z.object({ query: z.nullable(searchQuery) })]),
    change: ticketChange,
  }),
  z.object({ kind: z.literal('import'), ticket_type_id: objectId, file_name: text(255) }),
]);
export type BatchInput = z.output<typeof batchInput>;

/** What a batch does, without its items. One that takes another back is made by `revertBatch`. */
export const batchTask = z.discriminatedUnion('kind', [
  /** `query` is absent where the tickets were named by their ids, and null for all. */
  z.object({ kind: z.literal('change'), query: z.optional(z.nullable(searchQuery)), change: ticketChange }),
  z.object({ kind: z.literal('import'), ticket_type_id: z.string(), file_name: z.string() }),
  z.object({ kind: z.literal('revert'), batch: z.string(), of: z.enum(['change', 'import', 'revert']) }),
]);
export type BatchTask = z.output<typeof batchTask>;

/**
 * An import is `collecting` its rows, then `checking` them, then `checked`; it writes when it is started. Everything
 * else begins `running`. `failed` is a batch that could not go on; one whose items failed is `done`.
 */
export const batchStatuses = [
  'collecting',
  'checking',
  'checked',
  'running',
  'paused',
  'canceled',
  'done',
  'failed',
] as const;
export type BatchStatus = (typeof batchStatuses)[number];

/** `invalid`: the check found it wrong, so it is not written. `unknown`: the answer to its write was lost. */
export const itemStatuses = ['pending', 'invalid', 'done', 'unchanged', 'failed', 'unknown'] as const;
export type ItemStatus = (typeof itemStatuses)[number];

export const batch = z.object({
  type: z.literal('batch'),
  id: z.string(),
  input: batchTask,
  status: z.enum(batchStatuses),
  person: z.object({ id: z.string(), name: z.string() }),
  /** How many items it has; grows until `is_listed`. */
  total: z.int(),
  is_listed: z.boolean(),
  /** Written, or as they should be already; while an import is checked, the rows found right so far. */
  done: z.int(),
  /** Failed, invalid and unknown ones. */
  failed: z.int(),
  problem: z.nullable(z.string()),
  /** The batch that it takes back, and the one that takes it back. */
  reverts: z.nullable(z.string()),
  reverted_by: z.nullable(z.string()),
  /** Unix seconds. */
  created_at: z.int(),
  started_at: z.nullable(z.int()),
  ended_at: z.nullable(z.int()),
  /** It waits until then because the workspace asked it to slow down. */
  waits_until: z.nullable(z.int()),
  /** Whether this person may pause, cancel, retry and revert it. */
  may_control: z.boolean(),
  can_revert: z.boolean(),
  /** How many items `retry` would try again, once it has ended. */
  can_retry: z.int(),
});
export type Batch = z.output<typeof batch>;

export const batchItem = z.object({
  position: z.int(),
  object_id: z.nullable(z.string()),
  object_name: z.nullable(z.string()),
  /** Of an import: the row's number in its file. */
  line: z.nullable(z.int()),
  status: z.enum(itemStatuses),
  error_code: z.nullable(z.string()),
  error_message: z.nullable(z.string()),
});
export type BatchItem = z.output<typeof batchItem>;

/** The newest fifty that the person may see: their own, and for admins everyone's. */
export const listBatches = {
  name: 'listBatches',
  summary: 'List long work',
  tag: 'Batches',
  method: 'GET',
  path: '/gateway/batches',
  version: '2.11',
  response: z.object({ type: z.literal('list'), data: z.array(batch) }),
} as const satisfies Operation;

export const getBatch = {
  name: 'getBatch',
  summary: 'Retrieve a batch',
  tag: 'Batches',
  method: 'GET',
  path: '/gateway/batches/{batch_id}',
  version: '2.11',
  response: batch,
} as const satisfies Operation;

export const createBatch = {
  name: 'createBatch',
  summary: 'Begin a bulk change or an import',
  tag: 'Batches',
  method: 'POST',
  path: '/gateway/batches',
  version: '2.11',
  /** Under the same `key` it is made once. */
  body: z.object({ key: z.string().check(z.regex(/^[\w-]{16,100}$/, 'is invalid')), input: batchInput }),
  response: batch,
} as const satisfies Operation;

/** Adds rows to an import that is collecting. Sending the rows of the same `first` again replaces them. */
export const addBatchRows = {
  name: 'addBatchRows',
  summary: 'Add rows to an import',
  tag: 'Batches',
  method: 'PUT',
  path: '/gateway/batches/{batch_id}/rows',
  version: '2.11',
  /** `first`: the position of the first of these rows, counted from 0. */
  body: z.object({ first: z.int(), rows: z.array(importRow) }),
  response: batch,
} as const satisfies Operation;

export const batchActions = ['check', 'start', 'pause', 'resume', 'cancel', 'retry'] as const;
export type BatchAction = (typeof batchActions)[number];

/**
 * `check` and `start` are for imports; `retry` tries the failed items again. 409 where the batch's status does not allow
 * it.
 */
export const controlBatch = {
  name: 'controlBatch',
  summary: 'Pause, resume, cancel or retry a batch',
  tag: 'Batches',
  method: 'PUT',
  path: '/gateway/batches/{batch_id}',
  version: '2.11',
  body: z.object({ action: z.enum(batchActions) }),
  response: batch,
} as const satisfies Operation;

/**
 * Begins a batch that writes the old values back where they are still what the batch wrote, and archives what it
 * created by resolving and closing it. Answers with the new batch.
 */
export const revertBatch = {
  name: 'revertBatch',
  summary: 'Take a batch back',
  tag: 'Batches',
  method: 'POST',
  path: '/gateway/batches/{batch_id}/revert',
  version: '2.11',
  body: z.object({}),
  response: batch,
} as const satisfies Operation;

/** Items in order. `problems` are those that failed, are invalid or unknown. */
export const listBatchItems = {
  name: 'listBatchItems',
  summary: 'List the items of a batch',
  tag: 'Batches',
  method: 'GET',
  path: '/gateway/batches/{batch_id}/items',
  version: '2.11',
  /** `after`: the position of the last item of the page before. */
  query: z.object({
    only: z.optional(z.enum(['problems'])),
    after: z.optional(z.string().check(z.regex(/^\d{1,9}$/, 'is invalid'))),
  }),
  response: z.object({ type: z.literal('list'), data: z.array(batchItem), next: z.nullable(z.string()) }),
} as const satisfies Operation;

/** Answers with CSV: the items that failed, with what was wrong, and of an import the row itself. */
export const exportBatchProblems = {
  name: 'exportBatchProblems',
  summary: 'Take the failed items of a batch out as CSV',
  tag: 'Batches',
  method: 'GET',
  path: '/gateway/batches/{batch_id}/problems',
  version: '2.11',
  response: z.string(),
} as const satisfies Operation;
