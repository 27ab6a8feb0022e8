import { mutationOptions, queryOptions } from '@tanstack/react-query';
import type { BodyOf } from '#contract/operation.ts';
import {
  createTicketType,
  createTicketTypeAttribute,
  getTicketType,
  listTicketTypes,
  updateTicketType,
  updateTicketTypeAttribute,
} from '#contract/ticket-types.ts';
import { call } from '../../lib/call.ts';
import { queryClient } from '../../lib/query-client.ts';

const all = ['ticket-types'] as const;
const meta = { invalidates: [[...all]] };

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

/** What a write needs to be refused when the record was changed after this time (unix seconds). */
interface Guarded {
  unmodifiedSince: number | undefined;
}

/** What keeps a create from being carried out twice. */
interface Keyed {
  idempotencyKey: string;
}

export const ticketTypeMutations = {
  create: () =>
    mutationOptions({
      mutationFn: ({ body, idempotencyKey }: { body: BodyOf<typeof createTicketType> } & Keyed) =>
        call(createTicketType, { body, idempotencyKey }),
      meta,
    }),
  update: (ticketTypeId: string) =>
    mutationOptions({
      mutationFn: ({ body, unmodifiedSince }: { body: BodyOf<typeof updateTicketType> } & Guarded) =>
        call(updateTicketType, { params: { ticket_type_id: ticketTypeId }, body, unmodifiedSince }),
      meta,
      // Writes to one ticket type go one after the other, so that an older answer never covers a newer one.
      scope: { id: `ticket-type:${ticketTypeId}` },
    }),
  setArchived: () =>
    mutationOptions({
      mutationFn: ({ ticketTypeIds, archived }: { ticketTypeIds: string[]; archived: boolean }) =>
        Promise.all(
          ticketTypeIds.map((ticketTypeId) =>
            call(updateTicketType, { params: { ticket_type_id: ticketTypeId }, body: { archived } }),
          ),
        ),
      meta,
    }),
  createAttribute: (ticketTypeId: string) =>
    mutationOptions({
      mutationFn: ({ body, idempotencyKey }: { body: BodyOf<typeof createTicketTypeAttribute> } & Keyed) =>
        call(createTicketTypeAttribute, { params: { ticket_type_id: ticketTypeId }, body, idempotencyKey }),
      scope: { id: `ticket-type:${ticketTypeId}` },
    }),
  updateAttribute: (ticketTypeId: string) =>
    mutationOptions({
      mutationFn: ({
        attributeId,
        body,
        unmodifiedSince,
      }: { attributeId: string; body: BodyOf<typeof updateTicketTypeAttribute> } & Guarded) =>
        call(updateTicketTypeAttribute, {
          params: { ticket_type_id: ticketTypeId, attribute_id: attributeId },
          body,
          unmodifiedSince,
        }),
      scope: { id: `ticket-type:${ticketTypeId}` },
    }),
};
