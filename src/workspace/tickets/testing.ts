import type { ErrorList } from '#contract/errors.ts';
import type { AttributeDataType, TicketType, TicketTypeAttribute, TicketTypeCategory } from '#contract/ticket-types.ts';
import type { Ticket, TicketPart } from '#contract/tickets.ts';
import { insertContact } from '../contacts/store.ts';
import { newHexId } from '../http/ids.ts';
import { type Answer, type Asked, openTestWorkspace, startOfTime, type TestWorkspace } from '../testing.ts';

export const contactId = '66f0a1b2c3d4e5f60718293a';
export const otherContactId = '66f0a1b2c3d4e5f60718293b';

export interface TestTickets extends TestWorkspace {
  /** A ticket type with these attributes by name: their data type, and what else is asked of them. */
  createType: (
    attributes?: Record<string, { data_type: AttributeDataType } & Record<string, unknown>>,
    category?: TicketTypeCategory,
  ) => Promise<TicketType>;
  createTicket: (body: object, asked?: Asked) => Promise<Answer<Ticket>>;
  /** The id of a new ticket of a new type. */
  newTicket: (category?: TicketTypeCategory) => Promise<string>;
  update: (id: string, body: object, asked?: Asked) => Promise<Answer<Ticket>>;
  read: (id: string, asked?: Asked) => Promise<Ticket>;
  reply: (id: string, body: object, asked?: Asked) => Promise<Answer<TicketPart>>;
}

/** The demo workspace with two contacts: the first a user, with an external id and an email; the second a lead. */
export async function openTestTickets(): Promise<TestTickets> {
  const workspace = await openTestWorkspace();
  const { ask, database } = workspace;
  const known = { workspace_id: 'dk4m2x9q', created_at: startOfTime };
  await insertContact(database.db, {
    ...known,
    id: contactId,
    role: 'user',
    external_id: 'customer-70',
    email: 'Ada@example.com',
    name: 'Ada Byron',
  });
  await insertContact(database.db, { ...known, id: otherContactId, role: 'lead', email: 'lead@example.com' });
  await insertContact(database.db, {
    workspace_id: 'w0other1',
    id: newHexId(startOfTime, '00000000-0000-4000-8000-000000000001'),
    role: 'user',
    external_id: 'customer-of-others',
    created_at: startOfTime,
  });

  const createType: TestTickets['createType'] = async (attributes = {}, category = 'Customer') => {
    const type = await ask<TicketType>('POST', '/ticket_types', { body: { name: 'Type', category } });
    for (const [name, asked] of Object.entries(attributes)) {
      const body = { name, description: '', ...asked };
      await ask<TicketTypeAttribute>('POST', `/ticket_types/${type.body.id}/attributes`, { body });
    }
    return (await ask<TicketType>('GET', `/ticket_types/${type.body.id}`)).body;
  };
  const createTicket: TestTickets['createTicket'] = (body, asked = {}) =>
    ask<Ticket>('POST', '/tickets', { body: { contacts: [{ id: contactId }], ...body }, ...asked });
  return {
    ...workspace,
    createType,
    createTicket,
    newTicket: async (category) => {
      const type = await createType({}, category);
      return (await createTicket({ ticket_type_id: type.id })).body.id;
    },
    update: (id, body, asked = {}) => ask<Ticket>('PUT', `/tickets/${id}`, { body, ...asked }),
    read: async (id, asked = {}) => (await ask<Ticket>('GET', `/tickets/${id}`, asked)).body,
    reply: (id, body, asked = {}) => ask<TicketPart>('POST', `/tickets/${id}/reply`, { body, ...asked }),
  };
}

export function refused(answer: Answer<unknown>, status: number, error: Partial<ErrorList['errors'][number]>): void {
  const { errors } = answer.body as ErrorList;
  const said = { status: answer.status, ...errors?.[0] };
  for (const [key, value] of Object.entries({ status, ...error })) {
    if (Reflect.get(said, key) !== value) throw new Error(`${key} of ${answer.text} is not ${value}`);
  }
}

/** The part types of a ticket, in order. */
export const partTypes = ({ ticket_parts }: Ticket) => ticket_parts?.ticket_parts.map(({ part_type }) => part_type);

export const inVersion = (version: string): Asked => ({ headers: { 'Intercom-Version': version } });
