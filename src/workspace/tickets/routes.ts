import * as contract from '#contract/tickets.ts';
import type { Db } from '#database/database.ts';
import { findCompanyBy } from '../companies/store.ts';
import { numericId } from '../http/ids.ts';
import { invalid, modifiedSince, notFound, type Refusal } from '../http/refusal.ts';
import { type Call, route } from '../http/route.ts';
import { single } from '../sql.ts';
import { ticketTypesByIds } from '../ticket-types/store.ts';
import { type TicketAccess, ticketAccess } from './access.ts';
import { insertParts, placeOf } from './part-store.ts';
import { adminOf, contactOf, contactOfNewTicket } from './people.ts';
import { presentAppliedTag, presentPart, presentTicket } from './present.ts';
import { askedReply, type ContactReference, required } from './reply-rules.ts';
import { type Assignment, byAdmin, firstPart, ticketUpdate } from './rules.ts';
import { tomorrowMorning } from './snooze.ts';
import * as store from './store.ts';
import * as tagStore from './tag-store.ts';
import { askedValues, valueColumns } from './values.ts';

const ticketMissing = () => notFound('ticket_not_found', 'Ticket not found');
const tagMissing = () => notFound('tag_not_found', 'Tag not found');

/** What was looked for. Throws `refusal` when it is not there. */
function found<Row>(row: Row | undefined, refusal = () => notFound()): Row {
  if (row === undefined) throw refusal();
  return row;
}

const idIn = (text: string, refusal: () => Refusal) => found(numericId(text), refusal);

async function lockedTicket(tickets: TicketAccess, id: string): Promise<store.FullTicket> {
  return found(await tickets.lock(idIn(id, ticketMissing)), ticketMissing);
}

/** Throws for a time that has not come yet, or was before there were any. */
function pastTime(time: number | undefined, now: number): number {
  if (time !== undefined && (time < 0 || time > now)) throw invalid('created_at', 'must not be in the future');
  return time ?? now;
}

function referenceOf(contacts: Call<typeof contract.createTicket>['body']['contacts']): ContactReference {
  const [contact, second] = contacts;
  if (contact === undefined || second !== undefined) throw invalid('contacts', 'must have exactly one contact');
  if (contact.id !== undefined) return { id: contact.id };
  if (contact.external_id !== undefined) return { external_id: contact.external_id };
  return { email: required('contacts.0.id', contact.email) };
}

async function createTicket(call: Call<typeof contract.createTicket>, db: Db): Promise<store.FullTicket> {
  const { workspace, body, clock, newId } = call;
  const now = clock();
  const typeId = idIn(body.ticket_type_id, () => notFound());
  const type = found((await ticketTypesByIds(db, workspace, [typeId])).get(typeId));
  if (type.archived) throw invalid('ticket_type_id', 'is of an archived ticket type');
  const values = askedValues(type, body.ticket_attributes ?? {}, { isNew: true });
  const created_at = pastTime(body.created_at, now);
  const contact = found(
    await contactOfNewTicket(db, workspace.id, referenceOf(body.contacts), { now, uuid: newId() }),
    () => notFound('not_found', 'User Not Found'),
  );
  const { company_id } = body;
  const company = company_id === undefined ? undefined : await findCompanyBy(db, workspace.id, { company_id });
  if (company_id !== undefined) found(company, () => notFound('company_not_found', 'Company Not Found'));

  const row = await store.insertTicket(
    db,
    {
      workspace_id: workspace.id,
      ticket_type_id: type.id,
      contact_id: contact.id,
      company_id: company?.id ?? null,
      ...valueColumns({ title: '', description: '', attributes: {} }, values),
      is_shared: type.category === 'Customer',
      created_at,
      updated_at: now,
    },
    values,
  );
  await insertParts(db, [{ ...firstPart, ...placeOf(row), created_at, updated_at: created_at }]);
  return found(await store.findTicket(db, workspace, row.id, call));
}

const assigneeMissing = () => notFound('assignee_not_found', 'Assignee not found');

/** The assignment that an update asks for. Naming who acts, and nobody to assign, asks for none. */
async function askedAssignment(
  { workspace, body }: Call<typeof contract.updateTicket>,
  { tickets, db }: { tickets: TicketAccess; db: Db },
): Promise<Assignment | undefined> {
  const { admin_id = String(workspace.admin_id), assignee_id } = body.assignment ?? {};
  if (assignee_id !== undefined) return found(await tickets.assignment({ admin_id, assignee_id }), assigneeMissing);
  if (body.assignment !== undefined) found(await adminOf(db, workspace.id, admin_id), assigneeMissing);
  return undefined;
}

async function updateTicket(call: Call<typeof contract.updateTicket>, db: Db): Promise<store.FullTicket> {
  const { workspace, isInner, params, body, clock, unmodifiedSince } = call;
  const now = clock();
  // Whoever takes a change back has to be able to; for everybody else it is no state to go to.
  if (body.state === 'submitted' && !isInner) throw invalid('state', 'is invalid');
  const tickets = ticketAccess(db, call);
  const current = await lockedTicket(tickets, params.ticket_id);
  if (unmodifiedSince !== undefined && current.updated_at > unmodifiedSince) throw modifiedSince();
  const { snoozed_until } = body;
  const isPast = snoozed_until !== undefined && snoozed_until <= now;
  const update = ticketUpdate(
    current,
    {
      values: askedValues(current.ticket_type, body.ticket_attributes ?? {}, { isNew: false }),
      state: body.state,
      isShared: body.is_shared,
      assignment: await askedAssignment(call, { tickets, db }),
      open: body.open,
      snoozedUntil: isPast ? tomorrowMorning(now, workspace.timezone) : snoozed_until,
    },
    now,
  );
  let left = current;
  if (update.isChanged) {
    const { columns: changes, values, parts } = update;
    left = { ...current, ...(await tickets.write({ ticket: current, changes, values, parts, now })) };
  }
  return call.withoutParts ? left : found(await store.findTicket(db, workspace, current.id, call));
}

async function replyTicket(call: Call<typeof contract.replyTicket>, db: Db) {
  const { workspace, version, params, body, clock } = call;
  const now = clock();
  const tickets = ticketAccess(db, call);
  const ticket = await lockedTicket(tickets, params.ticket_id);
  const { category } = ticket.ticket_type;
  const { by, part_type, ...written } = askedReply(body, version, { isBackOffice: category === 'Back-office' });
  const created_at = pastTime(body.created_at, now);
  const isByAdmin = 'admin' in by;
  const author = found(
    isByAdmin ? await adminOf(db, workspace.id, by.admin) : await contactOf(db, workspace.id, by.contact),
  );
  const { teammate_ids } = ticket;
  const id = Number(author.id);
  const isNewTeammate = isByAdmin && !teammate_ids.includes(id);
  const changes = isNewTeammate ? { teammate_ids: [...teammate_ids, id] } : {};
  await tickets.write({ ticket, changes, values: [], parts: [], now });
  const wrote = isByAdmin ? byAdmin(id) : { author_type: 'user' as const, author_id: String(author.id) };
  const place = { ...placeOf(ticket), created_at, updated_at: now };
  const rows = await insertParts(db, [{ part_type, ...written, ...wrote, ...place }]);
  return { ...single(rows), author_name: author.name, author_email: author.email };
}

async function actingAdmin(db: Db, workspaceId: string, adminId: string | undefined): Promise<number> {
  const admin = await adminOf(db, workspaceId, required('admin_id', adminId));
  return found(admin, () => notFound('admin_not_found', 'Admin not found')).id;
}

// What came with a version is unknown in the form of an earlier one.
const sentTime = { since: new Map([['created_at', '2.11' as const]]) };
const opening = {
  since: new Map([
    ['open', '2.10' as const],
    ['snoozed_until', '2.10' as const],
  ]),
};

export const ticketRoutes = {
  createTicket: route(
    contract.createTicket,
    async (call) => {
      const ticket = await call.atomically((transaction) => createTicket(call, transaction));
      return presentTicket(ticket, call.version, call.clock());
    },
    sentTime,
  ),

  getTicket: route(contract.getTicket, async ({ db, workspace, version, params, clock, withoutParts }) => {
    const ticket = await store.findTicket(db, workspace, idIn(params.ticket_id, ticketMissing), { withoutParts });
    return presentTicket(found(ticket, ticketMissing), version, clock());
  }),

  updateTicket: route(
    contract.updateTicket,
    async (call) => {
      const ticket = await call.atomically((transaction) => updateTicket(call, transaction));
      return presentTicket(ticket, call.version, call.clock());
    },
    opening,
  ),

  replyTicket: route(
    contract.replyTicket,
    async (call) => presentPart(await call.atomically((transaction) => replyTicket(call, transaction))),
    sentTime,
  ),

  attachTagToTicket: route(contract.attachTagToTicket, async (call) => {
    const { workspace, params, body, clock } = call;
    const now = clock();
    const tag = await call.atomically(async (transaction) => {
      const tickets = ticketAccess(transaction, call);
      const ticket = await lockedTicket(tickets, params.ticket_id);
      const applied_by = await actingAdmin(transaction, workspace.id, body.admin_id);
      const place = { workspaceId: workspace.id, ticketId: ticket.id, tagId: idIn(body.id, tagMissing) };
      const attached = await tagStore.attachTag(transaction, place, { applied_at: now, applied_by });
      if (attached === 'missing') throw tagMissing();
      if (attached.isNew) await tickets.write({ ticket, changes: {}, values: [], parts: [], now });
      return attached.tag;
    });
    return presentAppliedTag(tag);
  }),

  detachTagFromTicket: route(contract.detachTagFromTicket, async (call) => {
    const { workspace, params, body, clock } = call;
    const tag = await call.atomically(async (transaction) => {
      const tickets = ticketAccess(transaction, call);
      const ticket = await lockedTicket(tickets, params.ticket_id);
      await actingAdmin(transaction, workspace.id, body.admin_id);
      const place = { workspaceId: workspace.id, ticketId: ticket.id, tagId: idIn(params.tag_id, tagMissing) };
      const detached = await tagStore.detachTag(transaction, place);
      if (detached === 'missing') throw tagMissing();
      await tickets.write({ ticket, changes: {}, values: [], parts: [], now: clock() });
      return detached;
    });
    return presentAppliedTag(tag);
  }),
};
