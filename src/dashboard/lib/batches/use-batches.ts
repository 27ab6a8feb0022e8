import { useMutation, useQuery } from '@tanstack/react-query';
import type { Batch, BatchInput } from '#contract/gateway/batches.ts';
import type { ApiError } from '../api-error.ts';
import { useCreateKeys } from '../create-keys.ts';
import { batchMutations, batchQueries } from './batch-queries.ts';
import { showBatches } from './drawer-state.ts';

/** One batch, followed for as long as it is worked on. */
export const useBatch = (id: string) => useQuery(batchQueries.batch(id));

interface StartBatch {
  /** Begins a bulk change or an import. The same input again, after an answer that was lost, is the same batch. */
  start: (input: BatchInput) => Promise<Batch>;
  isPending: boolean;
  error: ApiError | null;
}

/** Begins long work; the drawer opens once a bulk change has begun. */
export function useStartBatch(): StartBatch {
  const keys = useCreateKeys();
  const { mutateAsync, isPending, error } = useMutation(batchMutations.start());
  return {
    start: async (input) => {
      const batch = await mutateAsync({ key: keys.keyOf('batch', input), input });
      keys.forget('batch');
      if (input.kind === 'change') showBatches();
      return batch;
    },
    isPending,
    error,
  };
}
