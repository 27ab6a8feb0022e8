import { queryOptions } from '@tanstack/react-query';
import { getTicketType, listTicketTypes } from '#contract/ticket-types.ts';
import { call } from '../../lib/call.ts';
import { queryClient } from '../../lib/query-client.ts';

const all = ['ticket-types'] as const;

export const ticketTypeQueries = {
  all: () => all,
  list: () =>
    queryOptions({
      queryKey: [...all, 'list'],
      queryFn: async ({ signal, meta }) => (await call(listTicketTypes, { signal, meta })).data,
    }),
  detail: (ticketTypeId: string) => {
    const list = ticketTypeQueries.list();
    return queryOptions({
      queryKey: [...all, 'detail', ticketTypeId],
      queryFn: ({ signal, meta }) => call(getTicketType, { params: { ticket_type_id: ticketTypeId }, signal, meta }),
      // The list holds whole ticket types: opening one of them needs no wait.
      initialData: () => queryClient.getQueryData(list.queryKey)?.find((ticketType) => ticketType.id === ticketTypeId),
      initialDataUpdatedAt: () => queryClient.getQueryState(list.queryKey)?.dataUpdatedAt,
    });
  },
};
