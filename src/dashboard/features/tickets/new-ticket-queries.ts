import { mutationOptions } from '@tanstack/react-query';
import { createContact } from '#contract/contacts.ts';
import type { BodyOf } from '#contract/operation.ts';
import { createTicket } from '#contract/tickets.ts';
import { call } from '../../lib/call.ts';

/** What keeps a create from being carried out twice. */
interface Keyed<Body> {
  body: Body;
  idempotencyKey: string;
}

export const createMutations = {
  ticket: () =>
    mutationOptions({
      mutationFn: ({ body, idempotencyKey }: Keyed<BodyOf<typeof createTicket>>) =>
        call(createTicket, { body, idempotencyKey }),
      meta: { invalidates: [['tickets', 'list']] },
    }),
  contact: () =>
    mutationOptions({
      mutationFn: ({ body, idempotencyKey }: Keyed<BodyOf<typeof createContact>>) =>
        call(createContact, { body, idempotencyKey }),
    }),
};
