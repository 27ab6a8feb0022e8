import * as z from 'zod/mini';
import type { Operation } from '../operation.ts';

/** What a message of `watchEvents` says. `ids: null` means that any may have changed. */
export const changeEvent = z.object({
  type: z.enum(['tickets', 'batches']),
  ids: z.nullable(z.array(z.string())),
});
export type ChangeEvent = z.output<typeof changeEvent>;

/** Answers with server-sent events, for as long as the session holds: what has changed, each a `ChangeEvent` as JSON. */
export const watchEvents = {
  name: 'watchEvents',
  summary: 'Watch what changes',
  tag: 'Session',
  method: 'GET',
  path: '/gateway/events',
  version: '2.11',
  response: z.string(),
} as const satisfies Operation;
