import { infiniteQueryOptions, mutationOptions } from '@tanstack/react-query';
import {
  addBatchRows,
  batchLimits,
  controlBatch,
  createBatch,
  type ImportRow,
  listBatchItems,
} from '#contract/gateway/batches.ts';
import { batchQueries } from '../../lib/batches/batch-queries.ts';
import { call, newIdempotencyKey } from '../../lib/call.ts';

export const importQueries = {
  problems: (batchId: string) =>
    infiniteQueryOptions({
      queryKey: [...batchQueries.all, 'rows', batchId],
      queryFn: ({ signal, meta, pageParam }) =>
        call(listBatchItems, {
          params: { batch_id: batchId },
          query: { only: 'problems', after: pageParam },
          signal,
          meta,
        }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
      select: ({ pages }) => pages.flatMap(({ data }) => data),
    }),
};

interface Upload {
  ticketTypeId: string;
  fileName: string;
  rows: ImportRow[];
  onProgress: (sent: number) => void;
}

export const importMutations = {
  /** Hands the rows over and has them checked. Nothing is created by it. */
  upload: () => {
    // Sent again after a lost answer, the same batch is found again.
    const key = newIdempotencyKey();
    return mutationOptions({
      mutationFn: async ({ ticketTypeId, fileName, rows, onProgress }: Upload) => {
        const input = { kind: 'import' as const, ticket_type_id: ticketTypeId, file_name: fileName };
        const { id } = await call(createBatch, { body: { key, input } });
        for (let first = 0; first < rows.length; first += batchLimits.rowsPerRequest) {
          const part = rows.slice(first, first + batchLimits.rowsPerRequest);
          await call(addBatchRows, { params: { batch_id: id }, body: { first, rows: part } });
          onProgress(first + part.length);
        }
        return call(controlBatch, { params: { batch_id: id }, body: { action: 'check' } });
      },
    });
  },
};
