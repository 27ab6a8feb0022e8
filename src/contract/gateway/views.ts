import * as z from 'zod/mini';
import { requiredText, text } from '../fields.ts';
import type { Operation } from '../operation.ts';

/** Lengths in UTF-16 units, counts in items. */
export const viewLimits = { name: 80, state: 12_000, stateParts: 20, perPerson: 200 } as const;

const screens = ['tickets'] as const;

/** The view state of a screen, by the names of its address's query. */
const viewState = z
  .record(text(40), text(viewLimits.state))
  .check(z.refine((state) => Object.keys(state).length <= viewLimits.stateParts, 'has too many parts'));

export const savedView = z.object({
  type: z.literal('view'),
  id: z.string(),
  screen: z.enum(screens),
  name: z.string(),
  /** Whether everyone sees it, or only who made it. */
  is_shared: z.boolean(),
  state: viewState,
  owner: z.object({ id: z.string(), name: z.string() }),
  /** Its owner may change it; of shared ones, admins may too. */
  may_change: z.boolean(),
  /** Unix seconds. */
  updated_at: z.int(),
});
export type SavedView = z.output<typeof savedView>;

export const listViews = {
  name: 'listViews',
  summary: 'List saved views',
  tag: 'Views',
  method: 'GET',
  path: '/gateway/views',
  version: '2.11',
  query: z.object({ screen: z.enum(screens) }),
  response: z.object({ type: z.literal('list'), data: z.array(savedView) }),
} as const satisfies Operation;

export const createView = {
  name: 'createView',
  summary: 'Save a view',
  tag: 'Views',
  method: 'POST',
  path: '/gateway/views',
  version: '2.11',
  body: z.object({
    screen: z.enum(screens),
    name: requiredText(viewLimits.name),
    is_shared: z.boolean(),
    state: viewState,
  }),
  response: savedView,
} as const satisfies Operation;

export const updateView = {
  name: 'updateView',
  summary: 'Change a saved view',
  tag: 'Views',
  method: 'PUT',
  path: '/gateway/views/{view_id}',
  version: '2.11',
  body: z.object({
    name: z.optional(requiredText(viewLimits.name)),
    is_shared: z.optional(z.boolean()),
    state: z.optional(viewState),
  }),
  response: savedView,
} as const satisfies Operation;

export const deleteView = {
  name: 'deleteView',
  summary: 'Delete a saved view',
  tag: 'Views',
  method: 'DELETE',
  path: '/gateway/views/{view_id}',
  version: '2.11',
  response: z.object({ type: z.literal('done') }),
} as const satisfies Operation;
