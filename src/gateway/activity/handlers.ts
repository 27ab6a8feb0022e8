import { activityPageSize, type Change } from '#contract/gateway/activity.ts';
import type { Operation } from '#contract/operation.ts';
import { operations } from '#contract/operations.ts';
import { matchPath } from '#contract/request.ts';
import { authorise, requireCaller } from '../authorise.ts';
import type { Handlers, OwnCall } from '../own-api.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { activityCsvHeader, activityCsvLine } from './csv.ts';
import { type ActivityFilter, type ActivityRow, findEntry, listEntries, presentEntry, revertible } from './store.ts';

type Names = 'listActivity' | 'exportActivity' | 'previewRevert' | 'revertActivity';

const exportedAtOnce = 500;

export function activityHandlers(services: Services): Pick<Handlers, Names> {
  const { db, upstream, carryOut, actAs } = services;

  const revertOf = async ({ c, params }: Pick<OwnCall<unknown>, 'c'> & { params: { entry_id: string } }) => {
    const entry = await findEntry(db, params.entry_id);
    if (entry === undefined) throw notFound();
    const operation = revertible(entry);
    const name = operation && nameOf(operation);
    if (operation === undefined || name === undefined) {
      throw new Refusal(409, 'not_revertible', 'This change cannot be taken back.');
    }
    // Taking a change back is that change: whoever may not make it may not take it back.
    authorise(c, name);
    return { entry, name, operation, params: matchPath(operation, entry.object ?? '') ?? {} };
  };

  return {
    listActivity: async ({ query }) => {
      const rows = await listEntries(db, query, activityPageSize + 1);
      const shown = rows.slice(0, activityPageSize);
      const next = rows.length > shown.length ? String(shown.at(-1)?.id) : null;
      return { type: 'list', data: shown.map(presentEntry), next };
    },

    exportActivity: async ({ c, query }) => {
      c.header('Content-Type', 'text/csv; charset=utf-8');
      c.header('Content-Disposition', 'attachment; filename="deskbell-activity.csv"');
      return c.body(ReadableStream.from(csvOf(services, query)).pipeThrough(new TextEncoderStream()));
    },

    previewRevert: async (call) => {
      const { entry, operation, params } = await revertOf(call);
      const { target } = operation;
      if (target === undefined) throw notFound();
      const answer = await upstream.send({ operation: target.read, params });
      if (answer.status !== 200) throw new Refusal(409, 'not_revertible', 'What was changed is not there any more.');
      const now = target.before(JSON.parse(Buffer.from(answer.body).toString()), params);
      if (now === undefined) throw new Refusal(409, 'not_revertible', 'What was changed is not there any more.');
      const changes = entry.changes.map((change) => ({ ...change, now: now.values[change.field] }));
      return { type: 'revert', changes, unmodified_since: now.updatedAt ?? null };
    },

    revertActivity: async (call) => {
      const { entry, name, operation, params } = await revertOf(call);
      const caller = requireCaller(call.c);
      const answer = await carryOut({
        call: await actAs(caller, {
          operation,
          params,
          body: JSON.stringify(valuesBefore(entry)),
          unmodifiedSince: call.body.unmodified_since ?? undefined,
        }),
        attempt: {
          ...call.attempt,
          person: { id: caller.id, name: caller.name },
          operation: name,
          object: entry.object ?? undefined,
          reverts: entry.id,
        },
        claim: undefined,
      });
      if (answer.status >= 300) {
        const headers = { 'Content-Type': 'application/json; charset=utf-8' };
        return new Response(answer.body, { status: answer.status, headers });
      }
      return { type: 'done' };
    },
  };
}

function nameOf(operation: Operation): keyof typeof operations | undefined {
  return (Object.keys(operations) as (keyof typeof operations)[]).find(
    (name) => operations[name].name === operation.name,
  );
}

function valuesBefore({ changes }: ActivityRow): Record<string, Change['before']> {
  return Object.fromEntries(changes.map(({ field, before }) => [field, before]));
}

/** In short statements, so that nobody waits for a long log. */
async function* csvOf({ db, log }: Services, filter: ActivityFilter): AsyncGenerator<string> {
  yield activityCsvHeader;
  let before: string | undefined;
  try {
    for (;;) {
      const rows = await listEntries(db, before === undefined ? filter : { ...filter, before }, exportedAtOnce);
      yield rows.map(activityCsvLine).join('');
      if (rows.length < exportedAtOnce) return;
      before = String(rows.at(-1)?.id);
    }
  } catch (error) {
    log.error({ err: error }, 'an export of the log broke off');
    throw error;
  }
}
