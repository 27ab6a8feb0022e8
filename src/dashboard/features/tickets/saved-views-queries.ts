import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { createView, deleteView, listViews, type SavedView, updateView } from '#contract/gateway/views.ts';
import type { BodyOf } from '#contract/operation.ts';
import { call } from '../../lib/call.ts';

const all = ['views'] as const;
const meta = { invalidates: [[...all]] };

export const viewQueries = {
  list: () =>
    queryOptions({
      queryKey: [...all, 'tickets'],
      queryFn: async ({ signal, meta }) => (await call(listViews, { query: { screen: 'tickets' }, signal, meta })).data,
    }),
};

export type NewView = Pick<SavedView, 'name' | 'is_shared' | 'state'>;

export const viewMutations = {
  create: () =>
    mutationOptions({
      mutationFn: (view: NewView) => call(createView, { body: { screen: 'tickets', ...view } }),
      meta,
    }),
  update: () =>
    mutationOptions({
      mutationFn: ({ id, body }: { id: string; body: BodyOf<typeof updateView> }) =>
        call(updateView, { params: { view_id: id }, body }),
      meta,
    }),
  remove: () => mutationOptions({ mutationFn: (id: string) => call(deleteView, { params: { view_id: id } }), meta }),
};
