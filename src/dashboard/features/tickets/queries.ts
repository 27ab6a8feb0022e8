import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { retrieveCompany } from '#contract/companies.ts';
import { showContact } from '#contract/contacts.ts';
import { listTickets } from '#contract/gateway/tickets.ts';
import type { BodyOf } from '#contract/operation.ts';
import type { SearchQuery } from '#contract/search.ts';
import { createTag, listTags, type Tag } from '#contract/tags.ts';
import {
  attachTagToTicket,
  detachTagFromTicket,
  getTicket,
  replyTicket,
  type Ticket,
  updateTicket,
} from '#contract/tickets.ts';
import { call } from '../../lib/call.ts';
import { queryClient } from '../../lib/query-client.ts';
import { teammateQueries } from './teammate-queries.ts';
import { allTickets as all, ticketLists as lists } from './ticket-keys.ts';
import { applyUpdate, changedFields, fieldsOf } from './ticket-page-fields.ts';

/** How long what hardly changes counts as fresh. */
const staysFor = 5 * 60_000;

export const ticketQueries = {
  all: () => all,
  lists: () => lists,
  detail: (ticketId: string) =>
    queryOptions({
      queryKey: [...all, 'detail', ticketId],
      queryFn: ({ signal, meta }) => call(getTicket, { params: { ticket_id: ticketId }, signal, meta }),
      // Whoever opens a ticket from the list has fetched it a moment ago; the next to open it sees what is there now.
      staleTime: 5_000,
    }),
  /** The tickets of one contact that changed last. */
  ofContact: (contactId: string) => {
    const query: SearchQuery = { field: 'contact_ids', operator: '=', value: contactId };
    return queryOptions({
      queryKey: [...lists, 'of-contact', contactId],
      queryFn: ({ signal, meta }) =>
        call(listTickets, {
          query: { query: JSON.stringify(query), sort: 'updated_at', order: 'descending' },
          signal,
          meta,
        }),
    });
  },
};

export const tagQueries = {
  list: () =>
    queryOptions({
      queryKey: ['tags', 'list'],
      queryFn: async ({ signal, meta }) => (await call(listTags, { signal, meta })).data,
      staleTime: staysFor,
    }),
};

export const contactQueries = {
  detail: (contactId: string) =>
    queryOptions({
      queryKey: ['contacts', 'detail', contactId],
      queryFn: ({ signal, meta }) => call(showContact, { params: { contact_id: contactId }, signal, meta }),
      staleTime: 60_000,
    }),
};

export const companyQueries = {
  /** By the id that whoever made it gave it, which is the one that a ticket names. */
  byCompanyId: (companyId: string) =>
    queryOptions({
      queryKey: ['companies', 'by-company-id', companyId],
      queryFn: async ({ signal, meta }) => {
        const found = await call(retrieveCompany, { query: { company_id: companyId }, signal, meta });
        return found.type === 'company' ? found : (found.data[0] ?? null);
      },
      staleTime: 60_000,
    }),
};

/** Fetches a ticket and what its page is made of: for when it is about to be opened. */
export function prefetchTicket(ticketId: string): void {
  void queryClient.prefetchQuery(ticketQueries.detail(ticketId));
  void queryClient.prefetchQuery(teammateQueries.admins());
  void queryClient.prefetchQuery(teammateQueries.teams());
  void queryClient.prefetchQuery(teammateQueries.actor());
}

export type UpdateTicketBody = BodyOf<typeof updateTicket>;
export type ReplyTicketBody = BodyOf<typeof replyTicket>;

/** One change of a ticket. `base` is the ticket as the person saw it when they made the change. */
export type TicketChange =
  | { kind: 'update'; body: UpdateTicketBody; base: Ticket; isTeam?: boolean }
  | { kind: 'tag'; tag: Tag }
  | { kind: 'untag'; tag: Tag };

export const ticketMutations = {
  /** Of every write to one ticket. */
  writeKey: (ticketId: string) => [...all, 'write', ticketId],
  changeKey: (ticketId: string) => [...ticketMutations.writeKey(ticketId), 'change'],
  /**
   * Changes of one ticket go one after the other, so that an older answer never covers a newer one. Until its answer is
   * there, a change is shown by `applyChange`; when it fails, it is no longer shown.
   */
  change: (ticketId: string) =>
    mutationOptions({
      mutationKey: ticketMutations.changeKey(ticketId),
      mutationFn: (change: TicketChange) => sendChange(ticketId, change),
      meta: { invalidates: [[...lists]] },
      scope: { id: `ticket:${ticketId}` },
    }),
  reply: (ticketId: string) =>
    mutationOptions({
      mutationKey: [...ticketMutations.writeKey(ticketId), 'reply'],
      mutationFn: ({ body, idempotencyKey }: { body: ReplyTicketBody; idempotencyKey: string }) =>
        call(replyTicket, { params: { ticket_id: ticketId }, body, idempotencyKey }),
      meta: { invalidates: [[...ticketQueries.detail(ticketId).queryKey], [...lists]] },
      scope: { id: `ticket:${ticketId}` },
    }),
};

export const tagMutations = {
  create: () =>
    mutationOptions({
      mutationFn: ({ name, idempotencyKey }: { name: string; idempotencyKey: string }) =>
        call(createTag, { body: { name }, idempotencyKey }),
      meta: { invalidates: [['tags']] },
    }),
};

/** The ticket as it will be when `change` has taken effect. */
export function applyChange(ticket: Ticket, change: TicketChange): Ticket {
  if (change.kind === 'update') return applyUpdate(ticket, change.body, change.isTeam === true);
  // Not every upstream says which tags there are.
  if (!ticket.tags) return ticket;
  const others = ticket.tags.tags.filter(({ id }) => id !== change.tag.id);
  return { ...ticket, tags: { ...ticket.tags, tags: change.kind === 'tag' ? [...others, change.tag] : others } };
}

async function sendChange(ticketId: string, change: TicketChange): Promise<void> {
  const { queryKey } = ticketQueries.detail(ticketId);
  if (change.kind === 'update') {
    const { body, base } = change;
    // What was changed elsewhere, or by the change before this one, is no conflict where this change does not touch it.
    const current = queryClient.getQueryData(queryKey) ?? base;
    const isUntouched = changedFields(base, current, fieldsOf(body)).length === 0;
    const unmodifiedSince = (isUntouched ? current : base).updated_at;
    const params = { ticket_id: ticketId };
    const answer = await call(updateTicket, { params, body, unmodifiedSince });
    return keep(ticketId, (before) => ({ ticket_parts: before?.ticket_parts, ...answer }));
  }
  const { id } = change.tag;
  if (change.kind === 'tag') await call(attachTagToTicket, { params: { ticket_id: ticketId }, body: { id } });
  else await call(detachTagFromTicket, { params: { ticket_id: ticketId, tag_id: id }, body: {} });
  await keep(ticketId, (before) => before && applyChange(before, change));
}

/** Puts what is now known of a ticket in place, and not again what an earlier read may still bring. */
async function keep(ticketId: string, next: (before: Ticket | undefined) => Ticket | undefined): Promise<void> {
  const { queryKey } = ticketQueries.detail(ticketId);
  const wasFetching = queryClient.getQueryState(queryKey)?.fetchStatus === 'fetching';
  await queryClient.cancelQueries({ queryKey });
  queryClient.setQueryData(queryKey, next);
  if (wasFetching) void queryClient.invalidateQueries({ queryKey });
}
