import { mutationOptions } from '@tanstack/react-query';
import type { BodyOf } from '#contract/operation.ts';
import {
  createTicketType,
  createTicketTypeAttribute,
  updateTicketType,
  updateTicketTypeAttribute,
} from '#contract/ticket-type-changes.ts';
import { call } from '../../lib/call.ts';
import { ticketTypeQueries } from './queries.ts';

const meta = { invalidates: [[...ticketTypeQueries.all()]] };

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
