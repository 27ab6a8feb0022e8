import { retrieveCompany } from '#contract/companies.ts';
import { searchContacts } from '#contract/contacts.ts';
import type { ImportRow } from '#contract/gateway/batches.ts';
import type { Operation, ResponseOf } from '#contract/operation.ts';
import { getTicketType, type TicketType } from '#contract/ticket-types.ts';
import { isEmptyValue, ticketValueProblem } from '#contract/ticket-values.ts';
import type { Db } from '#database/database.ts';
import type { Upstream, UpstreamCall } from '../upstream.ts';
import { errorOf, readWith } from './hands.ts';
import { endOfItems, type ItemRow, itemsAfter, settleCheck } from './item-store.ts';
import { Halt, Unreachable } from './pace.ts';
import { type BatchRow, findActive, moveBatch } from './store.ts';
import { importRowOf } from './tasks.ts';

const atOnce = 50;
const emailForm = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;

interface Problem {
  code: string;
  message: string;
}

/** Checks the next rows of an import. Resolves to whether there may be more. */
export type CheckNext = () => Promise<boolean>;

/** Compares the rows of an import with what the workspace has, and writes nothing there. */
export async function createCheckNext(
  { db, upstream }: { db: Db; upstream: Upstream },
  { id, input }: BatchRow,
): Promise<CheckNext> {
  if (input.kind !== 'import') throw new Halt('Only imports are checked.');
  const params = { ticket_type_id: input.ticket_type_id };
  const type = await read(upstream, getTicketType, { params });
  if (type === undefined || type.archived) {
    throw new Halt('The ticket type of this import is not there any more, or is archived.');
  }
  const companies = new Map<string, Promise<boolean>>();
  const hasCompany = (companyId: string) => {
    const known = companies.get(companyId) ?? isCompany(upstream, companyId);
    companies.set(companyId, known);
    return known;
  };

  return async () => {
    const batch = await findActive(db, id);
    if (batch?.status !== 'checking') return false;
    const after = Number(batch.listing_after ?? -1);
    const items = await itemsAfter(db, id, after, { statuses: ['pending'], limit: atOnce });
    const last = items.at(-1);
    if (last === undefined) {
      await moveBatch(db, id, ['checking'], { status: 'checked', is_listed: true, listing_after: null, done: 0 });
      return false;
    }
    const contacts = await contactsAmong(upstream, items);
    const found = await Promise.all(
      items.map(async (item) => {
        const row = importRowOf(item);
        const problem = problemOfRow(row, type, contacts) ?? (await problemOfCompany(row, hasCompany));
        return problem && { position: item.position, ...problem };
      }),
    );
    const invalid = found.filter((problem) => problem !== undefined);
    return settleCheck(db, id, { after: last.position, valid: items.length - invalid.length, invalid });
  };
}

/** Whether all rows came that there are to be. */
export async function isComplete(db: Db, { id, total }: Pick<BatchRow, 'id' | 'total'>): Promise<boolean> {
  return total > 0 && (await endOfItems(db, id)) === total;
}

function problemOfRow(row: ImportRow, type: TicketType, contacts: ReadonlySet<string>): Problem | undefined {
  const attributes = type.ticket_type_attributes.data.filter(({ archived }) => !archived);
  for (const [name, value] of Object.entries(row.ticket_attributes)) {
    const attribute = attributes.find((one) => one.name === name);
    if (attribute === undefined) return { code: 'attribute_unknown', message: `${name} is no attribute of the type.` };
    const problem = ticketValueProblem(attribute, value);
    if (problem !== undefined) return { code: 'value_invalid', message: `${name} ${problem}.` };
  }
  const missing = attributes.find(
    (attribute) => attribute.required_to_create && isEmptyValue(row.ticket_attributes[attribute.name]),
  );
  if (missing !== undefined) return { code: 'value_missing', message: `${missing.name} is needed.` };
  return problemOfContact(row.contact, contacts);
}

function problemOfContact(contact: ImportRow['contact'], contacts: ReadonlySet<string>): Problem | undefined {
  const { id, email, external_id } = contact;
  const given = [id, email, external_id].filter((value) => value !== undefined);
  if (given.length !== 1) return { code: 'contact_missing', message: 'One contact is needed, by email or by an id.' };
  if (email !== undefined) {
    const message = `${email} is no email address.`;
    // Who is not there yet is made with the ticket.
    return emailForm.test(email) ? undefined : { code: 'email_invalid', message };
  }
  const isThere = contacts.has(id === undefined ? `external_id ${external_id}` : `id ${id}`);
  return isThere ? undefined : { code: 'contact_unknown', message: `No contact has the id ${id ?? external_id}.` };
}

async function problemOfCompany(
  { company_id }: ImportRow,
  hasCompany: (companyId: string) => Promise<boolean>,
): Promise<Problem | undefined> {
  if (company_id === undefined || (await hasCompany(company_id))) return undefined;
  return { code: 'company_unknown', message: `No company has the id ${company_id}.` };
}

async function isCompany(upstream: Upstream, companyId: string): Promise<boolean> {
  const query = { company_id: companyId };
  return (await read(upstream, retrieveCompany, { params: {}, query })) !== undefined;
}

/** Which of the contacts that the rows name by an id are there. */
async function contactsAmong(upstream: Upstream, items: ItemRow[]): Promise<Set<string>> {
  const named = items.map((item) => importRowOf(item).contact);
  const found = new Set<string>();
  for (const field of ['id', 'external_id'] as const) {
    const value = [...new Set(named.map((contact) => contact[field]).filter((one) => one !== undefined))];
    if (value.length === 0) continue;
    const body = JSON.stringify({ query: { field, operator: 'IN', value }, pagination: { per_page: 150 } });
    const answer = await read(upstream, searchContacts, { params: {}, body });
    for (const contact of answer?.data ?? []) found.add(`${field} ${contact[field]}`);
  }
  return found;
}

/** What the workspace has there; undefined where there is nothing. */
async function read<const Op extends Operation>(
  upstream: Upstream,
  operation: Op,
  call: Omit<UpstreamCall, 'operation'>,
): Promise<ResponseOf<Op> | undefined> {
  const answer = await readWith({ read: upstream.send }, { operation, ...call });
  if (answer.status === 404) return undefined;
  if (answer.status >= 500) throw new Unreachable();
  if (answer.status >= 300) throw new Halt(`The rows could not be checked: ${errorOf(answer).message}`);
  const parsed = operation.response.safeParse(JSON.parse(Buffer.from(answer.body).toString()));
  if (!parsed.success) throw new Unreachable();
  // Parsed by the schema of this very operation.
  return parsed.data as ResponseOf<Op>;
}
