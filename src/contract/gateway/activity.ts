import * as z from 'zod/mini';
import { text } from '../fields.ts';
import type { Operation } from '../operation.ts';

/** One field of what a write changed. The values are JSON; absent where nothing is known. */
const change = z.object({ field: z.string(), before: z.optional(z.unknown()), after: z.optional(z.unknown()) });
export type Change = z.output<typeof change>;

/** How many entries one page of the log has. */
export const activityPageSize = 50;

/** A write, a sign-in or a refusal: who, when, from where, and what became of it. */
export const activityEntry = z.object({
  type: z.literal('activity'),
  id: z.string(),
  /** Unix seconds. */
  at: z.int(),
  /** Null for someone who is not known, or was not signed in. */
  person: z.nullable(z.object({ id: z.string(), name: z.string() })),
  /** The network address that it came from. */
  address: z.nullable(z.string()),
  /** The name of the operation, such as `updateTicketType`. */
  operation: z.string(),
  /** What it was about, as a path: `/ticket_types/7/attributes/12`. */
  object: z.nullable(z.string()),
  /** The object's name at that time, where it has one. */
  object_name: z.nullable(z.string()),
  /** The status of the answer. Null: the process ended before one came, so nobody knows the outcome. */
  status: z.nullable(z.int()),
  request_id: z.string(),
  /** Why it was refused, in the code of the answer. */
  refusal: z.nullable(z.string()),
  changes: z.array(change),
  /** The entry whose changes this one took back. */
  reverts: z.nullable(z.string()),
  can_revert: z.boolean(),
});
export type ActivityEntry = z.output<typeof activityEntry>;

const id = z.string().check(z.regex(/^\d{1,18}$/, 'is not the id of an entry'));
const time = z.string().check(z.regex(/^\d{1,11}$/, 'is not a time in unix seconds'));

/** Which entries to show. All conditions hold at once. */
export const activityFilter = {
  person: z.optional(text(100)),
  operation: z.optional(z.string().check(z.regex(/^\w{1,80}$/, 'is not the name of an operation'))),
  /** A path: entries about it and about what is below it. */
  object: z.optional(z.string().check(z.regex(/^(?:\/[\w-]+){1,8}$/, 'is not the path of an object'))),
  outcome: z.optional(z.enum(['done', 'refused', 'unknown'])),
  /** Unix seconds: from this second on, and up to but not in this second. */
  from: z.optional(time),
  to: z.optional(time),
};

export const listActivity = {
  name: 'listActivity',
  summary: 'List what was done, newest first',
  tag: 'Activity',
  method: 'GET',
  path: '/gateway/activity',
  version: '2.11',
  /** `before`: the id of the last entry of the page before. */
  query: z.object({ ...activityFilter, before: z.optional(id) }),
  response: z.object({ type: z.literal('list'), data: z.array(activityEntry), next: z.nullable(z.string()) }),
} as const satisfies Operation;

/** Answers with CSV, not JSON: for a link that downloads. Cells that a spreadsheet would compute are made harmless. */
export const exportActivity = {
  name: 'exportActivity',
  summary: 'Take the log out as CSV',
  tag: 'Activity',
  method: 'GET',
  path: '/gateway/activity/export',
  version: '2.11',
  query: z.object(activityFilter),
  response: z.string(),
} as const satisfies Operation;

export const previewRevert = {
  name: 'previewRevert',
  summary: 'Compare what a change replaced with what is there now',
  tag: 'Activity',
  method: 'GET',
  path: '/gateway/activity/{entry_id}/revert',
  version: '2.11',
  response: z.object({
    type: z.literal('revert'),
    /** `now` is what stands there at present; it differs from `after` where someone has changed it since. */
    changes: z.array(z.extend(change, { now: z.optional(z.unknown()) })),
    /** The version that was compared with: unix seconds. Null where the object has none. */
    unmodified_since: z.nullable(z.int()),
  }),
} as const satisfies Operation;

/** Writes the old values back, as a new change. 412 when the object was changed after `unmodified_since`. */
export const revertActivity = {
  name: 'revertActivity',
  summary: 'Take a change back',
  tag: 'Activity',
  method: 'POST',
  path: '/gateway/activity/{entry_id}/revert',
  version: '2.11',
  body: z.object({ unmodified_since: z.nullable(z.int()) }),
  response: z.object({ type: z.literal('done') }),
} as const satisfies Operation;
