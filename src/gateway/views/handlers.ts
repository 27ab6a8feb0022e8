import { randomUUID } from 'node:crypto';
import { type SavedView, viewLimits } from '#contract/gateway/views.ts';
import type { Db } from '#database/database.ts';
import { type Attempt, changesBetween, logActivity } from '../activity/log.ts';
import type { Caller } from '../auth/identify.ts';
import { requireCaller } from '../authorise.ts';
import type { Handlers } from '../own-api.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { countViews, deleteView, insertView, listViews, lockView, updateView, type ViewRow } from './store.ts';

type Names = 'listViews' | 'createView' | 'updateView' | 'deleteView';

export function viewHandlers({ db }: Services): Pick<Handlers, Names> {
  return {
    listViews: async ({ c, query }) => {
      const caller = requireCaller(c);
      const rows = await listViews(db, query.screen, caller.id);
      return { type: 'list', data: rows.map((row) => present(row, caller)) };
    },

    createView: ({ c, body, attempt }) => {
      const caller = requireCaller(c);
      return db.transaction(async (transaction) => {
        if ((await countViews(transaction, caller.id)) >= viewLimits.perPerson) {
          const message = `You have ${viewLimits.perPerson} views already; delete one that you do not need any more.`;
          throw new Refusal(409, 'too_many_views', message);
        }
        const view = { ...body, name: body.name.trim(), id: randomUUID(), person_id: caller.id };
        await insertView(transaction, view);
        const after = await required(transaction, view.id, caller);
        await logShared(transaction, attempt, undefined, after);
        return present(after, caller);
      });
    },

    updateView: ({ c, params, body, attempt }) => {
      const caller = requireCaller(c);
      return db.transaction(async (transaction) => {
        const before = await required(transaction, params.view_id, caller);
        refuseUnlessChangeable(before, caller);
        const after = {
          ...before,
          name: body.name?.trim() ?? before.name,
          is_shared: body.is_shared ?? before.is_shared,
          state: body.state ?? before.state,
          updated_at: new Date(),
        };
        await updateView(transaction, after);
        await logShared(transaction, attempt, before, after);
        return present(after, caller);
      });
    },

    deleteView: ({ c, params, attempt }) => {
      const caller = requireCaller(c);
      return db.transaction(async (transaction) => {
        const before = await required(transaction, params.view_id, caller);
        refuseUnlessChangeable(before, caller);
        await deleteView(transaction, before.id);
        await logShared(transaction, attempt, before, undefined);
        return { type: 'done' };
      });
    },
  };
}

/** Shared ones may be changed by those who shape what everyone sees. */
function mayChange({ person_id, is_shared }: ViewRow, { id, roles }: Caller): boolean {
  return person_id === id || (is_shared && (roles.includes('admin') || roles.includes('owner')));
}

function refuseUnlessChangeable(view: ViewRow, caller: Caller): void {
  if (mayChange(view, caller)) return;
  throw new Refusal(403, 'role_required', 'Changing a view of someone else needs the role admin or owner.');
}

function present(row: ViewRow, caller: Caller): SavedView {
  return {
    type: 'view',
    id: row.id,
    screen: row.screen,
    name: row.name,
    is_shared: row.is_shared,
    state: row.state,
    owner: { id: row.person_id, name: row.owner_name },
    may_change: mayChange(row, caller),
    updated_at: Math.floor(row.updated_at.getTime() / 1000),
  };
}

/** Throws a `Refusal` for a view that is not there, and likewise for one that the person does not see. */
async function required(transaction: Db, id: string, caller: Caller): Promise<ViewRow> {
  const row = await lockView(transaction, id, caller.id);
  if (row === undefined) throw notFound();
  return row;
}

const loggedFields = (row: ViewRow | undefined) =>
  row === undefined ? {} : { name: row.name, is_shared: row.is_shared, state: row.state };

/** What is shared is everyone's matter, and stands in the log. */
async function logShared(
  transaction: Db,
  attempt: Attempt,
  before: ViewRow | undefined,
  after: ViewRow | undefined,
): Promise<void> {
  const row = after ?? before;
  if (row === undefined || !(before?.is_shared || after?.is_shared)) return;
  const changes = changesBetween(loggedFields(before), loggedFields(after));
  await logActivity(transaction, attempt, {
    status: 200,
    object: `/views/${row.id}`,
    objectName: row.name,
    changes,
  });
}
