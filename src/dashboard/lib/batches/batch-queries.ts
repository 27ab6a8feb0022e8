import { mutationOptions, queryOptions } from '@tanstack/react-query';
import {
  type Batch,
  type BatchAction,
  type BatchInput,
  controlBatch,
  createBatch,
  getBatch,
  listBatches,
  listBatchItems,
  revertBatch,
} from '#contract/gateway/batches.ts';
import { call } from '../call.ts';
import { queryClient } from '../query-client.ts';
import { createRate } from './batch-rate.ts';
import { isActive } from './batch-words.ts';

const all = ['batches'] as const;
const meta = { invalidates: [[...all]] };
const everyMs = 1_000;

/** How fast each batch goes, as seen by this page. */
export const rate = createRate();

export const batchQueries = {
  all,
  /** The newest batches; asked for again each second for as long as one of them is worked on. */
  list: () =>
    queryOptions({
      queryKey: [...all, 'list'],
      queryFn: async ({ signal, meta }) => {
        const { data } = await call(listBatches, { signal, meta });
        for (const { id, done, failed } of data) rate.note(id, done + failed, Date.now());
        return data;
      },
      refetchInterval: ({ state }) => (state.data?.some(isActive) ? everyMs : false),
      // The title of a tab that nobody looks at says how far it is.
      refetchIntervalInBackground: true,
    }),
  batch: (id: string) =>
    queryOptions({
      queryKey: [...all, 'one', id],
      queryFn: ({ signal, meta }) => call(getBatch, { params: { batch_id: id }, signal, meta }),
      refetchInterval: ({ state }) => (state.data && isActive(state.data) ? everyMs : false),
    }),
  /** The first of its problems. */
  problems: (id: string, failed: number) =>
    queryOptions({
      queryKey: [...all, 'problems', id, failed],
      queryFn: async ({ signal, meta }) => {
        const query = { only: 'problems' as const };
        return (await call(listBatchItems, { params: { batch_id: id }, query, signal, meta })).data;
      },
    }),
};

/** What has begun is listed at once: it may have ended before the list is read again, and its end is to be told. */
function noted(begun: Batch): Batch {
  queryClient.setQueryData(batchQueries.list().queryKey, (known) => [
    begun,
    ...(known ?? []).filter(({ id }) => id !== begun.id),
  ]);
  return begun;
}

export const batchMutations = {
  start: () =>
    mutationOptions({
      mutationFn: async ({ key, input }: { key: string; input: BatchInput }) =>
        noted(await call(createBatch, { body: { key, input } })),
      meta,
    }),
  control: () =>
    mutationOptions({
      mutationFn: ({ id, action }: { id: string; action: BatchAction }) =>
        call(controlBatch, { params: { batch_id: id }, body: { action } }),
      meta,
    }),
  revert: () =>
    mutationOptions({
      mutationFn: async (id: string) => noted(await call(revertBatch, { params: { batch_id: id }, body: {} })),
      meta,
    }),
};
