import { createHash, randomUUID } from 'node:crypto';
import { type Batch, type BatchAction, type BatchStatus, batchLimits } from '#contract/gateway/batches.ts';
import { getTicketType } from '#contract/ticket-types.ts';
import type { Db } from '#database/database.ts';
import { mayUse } from '../access.ts';
import { type Attempt, logActivity } from '../activity/log.ts';
import type { Caller } from '../auth/identify.ts';
import { requireCaller } from '../authorise.ts';
import type { Handlers, OwnCall } from '../own-api.ts';
import { invalidField, notFound, Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { readAnswer } from '../upstream-answer.ts';
import { isComplete } from './checking.ts';
import { itemsAfter, listItems, problemAttributes, problemStatuses, putRows, retryItems } from './item-store.ts';
import { changeProblems, importProblems, type ProblemForm } from './problems-csv.ts';
import { addBatch, findBatch, listBatches, moveBatch } from './store.ts';
import type { StoredTask } from './tables.ts';
import { operationsOf, taskOf } from './tasks.ts';

type Names =
  | 'listBatches'
  | 'getBatch'
  | 'createBatch'
  | 'addBatchRows'
  | 'controlBatch'
  | 'revertBatch'
  | 'listBatchItems'
  | 'exportBatchProblems';

const exportedAtOnce = 500;

/** From which statuses an action leads to which. */
const actions: Record<BatchAction, { from: readonly BatchStatus[]; to: BatchStatus }> = {
  check: { from: ['collecting', 'checked'], to: 'checking' },
  start: { from: ['checked'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused', 'failed'], to: 'running' },
  cancel: { from: ['collecting', 'checking', 'checked', 'running', 'paused', 'failed'], to: 'canceled' },
  retry: { from: ['done', 'canceled', 'failed'], to: 'running' },
};

const conflict = (message: string) => new Refusal(409, 'batch_status', message);

export function batchHandlers(services: Services): Pick<Handlers, Names> {
  const { db, upstream, wakeBatch, log } = services;

  const required = async (id: string, caller: Caller): Promise<Batch> => {
    const batch = await findBatch(db, id, caller);
    if (batch === undefined) throw notFound();
    return batch;
  };
  const assertMay = (caller: Caller, task: StoredTask) => {
    if (operationsOf(task).every((operation) => mayUse(operation, caller.roles))) return;
    throw new Refusal(403, 'role_required', 'Your roles do not let you change this.');
  };
  const add = async (c: OwnCall<unknown>['c'], attempt: Attempt, id: string, task: StoredTask) => {
    const caller = requireCaller(c);
    assertMay(caller, task);
    await db.transaction(async (transaction) => {
      const isAdded = await addBatch(transaction, {
        id,
        person_id: caller.id,
        person_name: caller.name,
        input: task,
        status: task.kind === 'import' ? 'collecting' : 'running',
        reverts: task.kind === 'revert' ? task.batch : null,
      });
      if (isAdded) await logBatch(transaction, attempt, id, task);
    });
    wakeBatch(id);
    return required(id, caller);
  };

  return {
    listBatches: async ({ c }) => ({ type: 'list', data: await listBatches(db, requireCaller(c)) }),

    getBatch: ({ c, params }) => required(params.batch_id, requireCaller(c)),

    createBatch: ({ c, body, attempt }) => {
      const task = taskOf(body.input);
      // The same key of the same person is the same batch.
      const id = createHash('sha256')
        .update(`${requireCaller(c).id} ${body.key}`)
        .digest('hex')
        .slice(0, 32);
      return add(c, attempt, id, task);
    },

    addBatchRows: async ({ c, params, body }) => {
      const { first, rows } = body;
      if (first < 0) throw invalidField('first', 'is invalid');
      if (rows.length === 0 || rows.length > batchLimits.rowsPerRequest) {
        throw invalidField('rows', `must be between 1 and ${batchLimits.rowsPerRequest}`);
      }
      if (first + rows.length > batchLimits.rows) {
        throw invalidField('rows', `may be ${batchLimits.rows} in all`);
      }
      const caller = requireCaller(c);
      const batch = await required(params.batch_id, caller);
      if (batch.input.kind !== 'import') throw conflict('Only an import takes rows.');
      if (!(await putRows(db, batch.id, first, rows))) throw conflict('This import takes no more rows.');
      return required(batch.id, caller);
    },

    controlBatch: async ({ c, params, body: { action }, attempt }) => {
      const caller = requireCaller(c);
      const batch = await required(params.batch_id, caller);
      await db.transaction((transaction) => control(transaction, batch, action, attempt));
      wakeBatch(batch.id);
      return required(batch.id, caller);
    },

    revertBatch: async ({ c, params, attempt }) => {
      const batch = await required(params.batch_id, requireCaller(c));
      if (!batch.can_revert) throw conflict('This cannot be taken back, or has been.');
      const task = { kind: 'revert', batch: batch.id, of: batch.input.kind } as const;
      return add(c, attempt, randomUUID(), task);
    },

    listBatchItems: async ({ c, params, query }) => {
      const { id } = await required(params.batch_id, requireCaller(c));
      const after = query.after === undefined ? -1 : Number(query.after);
      return { type: 'list', ...(await listItems(db, id, { only: query.only, after })) };
    },

    exportBatchProblems: async ({ c, params }) => {
      const { id, input: task } = await required(params.batch_id, requireCaller(c));
      const form = task.kind === 'import' ? await importForm(id, task.ticket_type_id) : changeProblems;
      c.header('Content-Type', 'text/csv; charset=utf-8');
      c.header('Content-Disposition', 'attachment; filename="deskbell-problems.csv"');
      return c.body(ReadableStream.from(problemsOf(id, form)).pipeThrough(new TextEncoderStream()));
    },
  };

  async function control(transaction: Db, batch: Batch, action: BatchAction, attempt: Attempt): Promise<void> {
    const { id, input: task, is_listed } = batch;
    const { from, to } = actions[action];
    const isImport = task.kind === 'import';
    if ((action === 'check' || action === 'start') && !isImport) throw conflict(`Only an import has a ${action}.`);
    if (action === 'check' && !(await isComplete(transaction, batch))) {
      throw conflict('Some rows of this import are missing; send them again.');
    }
    // What could not be checked to its end is not written.
    const resumed = action === 'resume' && isImport && !is_listed ? 'checking' : to;
    if (action === 'retry' && isImport && !is_listed) throw conflict('This import was never checked.');
    const restart = action === 'check' ? { is_listed: false, listing_after: null, done: 0 } : {};
    if (!(await moveBatch(transaction, id, from, { status: resumed, ...restart }))) {
      throw conflict('This is not possible any more, or not yet; look at how far the work is.');
    }
    if (action === 'check') await retryItems(transaction, id, ['invalid']);
    if (action === 'retry') {
      // Whether a ticket was created that no answer came for only a person can say.
      const number = await retryItems(transaction, id, isImport ? ['failed'] : ['failed', 'unknown']);
      if (number === 0) throw conflict('Nothing of this failed that could be tried again.');
    }
    await logBatch(transaction, attempt, id, task, { field: 'action', after: action });
  }

  async function importForm(id: string, typeId: string): Promise<ProblemForm> {
    const call = { operation: getTicketType, params: { ticket_type_id: typeId } };
    const type = await upstream
      .send(call)
      .then((answer) => readAnswer(getTicketType, answer))
      .catch(() => undefined);
    return importProblems(await problemAttributes(db, id), type);
  }

  /** In short statements, so that nobody waits for a long list. */
  async function* problemsOf(id: string, { header, line }: ProblemForm): AsyncGenerator<string> {
    yield header;
    let after = -1;
    try {
      for (;;) {
        const items = await itemsAfter(db, id, after, { statuses: problemStatuses, limit: exportedAtOnce });
        yield items.map(line).join('');
        if (items.length < exportedAtOnce) return;
        after = items.at(-1)?.position ?? after;
      }
    } catch (error) {
      log.error({ err: error }, 'an export of problems broke off');
      throw error;
    }
  }
}

function logBatch(
  transaction: Db,
  attempt: Attempt,
  id: string,
  task: StoredTask,
  change: { field: string; after: unknown } = { field: 'task', after: withoutIds(task) },
): Promise<void> {
  return logActivity(transaction, attempt, { status: 200, object: `/batches/${id}`, changes: [change] });
}

const withoutIds = ({ ids, ...task }: StoredTask & { ids?: string[] }) => ({
  ...task,
  ...(ids && { tickets: ids.length }),
});
