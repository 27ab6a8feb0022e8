import { createHash } from 'node:crypto';
import type { ContactRole } from '#contract/contacts.ts';
import type { TicketState } from '#contract/ticket-states.ts';
import type { TicketTypeCategory } from '#contract/ticket-types.ts';
import { type AttributeRow, nameKey } from '../ticket-types/store.ts';
import { demoTeams } from './people.ts';
import * as phrases from './phrases.ts';

/** The rows of one table, each with the same columns. */
export interface Rows {
  table: string;
  rows: Record<string, unknown>[];
}

type SeededAttribute = Pick<AttributeRow, 'id' | 'name' | 'data_type' | 'input_options' | 'archived' | 'default'>;

interface SeededType {
  id: number;
  category: TicketTypeCategory;
  archived: boolean;
  attributes: SeededAttribute[];
}

const day = 86_400;
const firstTicketId = 20_001;
const firstPartId = 40_001;
const firstTagId = 7_001;
const sizes = { contacts: 300, companies: 40, tickets: 400, longest: 520 };

/** Numbers from 0 to 1 that look random and are the same each time (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function hexOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

/** Which team works on the tickets of a type. */
const teamOf: Record<number, number> = {
  ...{ 1201: 62, 1202: 62, 1203: 64, 1204: 62, 1205: 63, 1206: 61, 1207: 61, 1208: 61 },
  ...{ 1210: 63, 1211: 62, 1212: 64, 1213: 61, 1214: 65, 1215: 65, 1216: 61 },
};
const typeWeights: Record<number, number> = { 1201: 9, 1202: 7, 1203: 5, 1204: 4, 1205: 3, 1206: 4, 1214: 3 };

interface DemoOptions {
  workspaceId: string;
  now: number;
  types: SeededType[];
}

/** Contacts, companies, tags, segments and tickets of the demo: the same each time, with times before `now`. */
export function demoRecords(options: DemoOptions): Rows[] {
  const random = randomOf(4_711);
  const people = demoPeople(options, random);
  return [...people.tables, ...demoTickets(options, people, random)];
}

type Random = () => number;

function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to pick from');
  return item;
}

interface Person {
  id: string;
  role: ContactRole;
  companyId: string | null;
}

function demoPeople({ workspaceId: workspace_id, now }: DemoOptions, random: Random) {
  const companies = phrases.companyNames.slice(0, sizes.companies).map((name, n) => {
    const created_at = now - Math.round((400 - n * 9) * day + random() * day);
    return {
      workspace_id,
      id: hexOf(`company/${n}`),
      company_id: `FO-C${1_001 + n}`,
      name,
      name_key: nameKey(name),
      plan: n % 5 === 4 ? null : pick(phrases.plans, random),
      size: n % 7 === 6 ? null : Math.ceil(2 + random() * 240),
      website: `https://${hexOf(name).slice(0, 8)}.example`,
      industry: pick(['Hospitality', 'Offices', 'Education', 'Health', 'Retail'], random),
      monthly_spend: Math.round(random() * 4_000),
      session_count: Math.round(random() * 300),
      custom_attributes: { trade_discount: Math.round(random() * 25), invoice_by_email: random() < 0.7 },
      remote_created_at: created_at - 30 * day,
      last_request_at: n % 9 === 8 ? null : now - Math.round(random() * 30 * day),
      created_at,
      updated_at: created_at + Math.round(random() * 40 * day),
    };
  });
  const memberships: Record<string, unknown>[] = [];
  const people: Person[] = [];
  const contacts = [...Array(sizes.contacts).keys()].map((n) => {
    const name = `${pick(phrases.givenNames, random)} ${pick(phrases.familyNames, random)}`;
    const role: ContactRole = n % 8 === 7 ? 'lead' : 'user';
    const [country, region, city, dialling, language] = pick(phrases.places, random);
    const email = n % 13 === 12 ? null : `customer${n + 1}@mail${n % 5}.example`;
    const created_at = now - Math.round((sizes.contacts - n) * 1.1 * day + random() * day);
    const recently = (chance: number) => (random() < chance ? now - Math.round(random() * 45 * day) : null);
    const id = hexOf(`contact/${n}`);
    const company = n % 3 === 0 ? companies[Math.floor(random() ** 2 * companies.length)] : undefined;
    if (company !== undefined) memberships.push({ workspace_id, contact_id: id, company_id: company.id });
    people.push({ id, role, companyId: company?.id ?? null });
    const shownName = n % 17 === 16 ? null : name;
    return {
      workspace_id,
      id,
      external_id: role === 'user' ? `customer-${10_001 + n}` : null,
      role,
      email,
      email_key: email === null ? null : nameKey(email),
      phone: n % 4 === 0 ? `${dialling} 20 555 ${String(1_000 + n)}` : null,
      name: shownName,
      name_key: shownName === null ? null : nameKey(shownName),
      avatar_url: null,
      owner_id: n % 6 === 0 ? 801 + (n % 5) : 0,
      unsubscribed_from_emails: random() < 0.15,
      marked_email_as_spam: random() < 0.01,
      has_hard_bounced: random() < 0.02,
      language_override: n % 10 === 9 ? language : null,
      country,
      region,
      city,
      details: { browser: pick(['chrome', 'firefox', 'safari'], random), browser_language: language, os: 'Windows 11' },
      custom_attributes: { loyalty_points: Math.round(random() * 900), club_member: random() < 0.4 },
      signed_up_at: role === 'user' ? created_at : null,
      last_seen_at: recently(0.8),
      last_replied_at: recently(0.4),
      last_contacted_at: recently(0.5),
      last_email_opened_at: recently(0.5),
      last_email_clicked_at: recently(0.2),
      created_at,
      updated_at: created_at + Math.round(random() * day),
    };
  });
  const tags = phrases.tagNames.map((name, n) => ({
    workspace_id,
    id: firstTagId + n,
    name,
    name_key: nameKey(name),
    created_at: now - (300 - n * 11) * day,
  }));
  const applied = (n: number) => ({
    workspace_id,
    applied_at: now - Math.round(random() * 50 * day),
    applied_by: 801 + (n % 5),
  });
  const contactTags = contacts.flatMap(({ id }, n) =>
    n % 4 === 1 ? [{ ...applied(n), tag_id: firstTagId + (n % tags.length), contact_id: id }] : [],
  );
  const companyTags = companies.flatMap(({ id }, n) =>
    n % 3 === 1 ? [{ ...applied(n), tag_id: firstTagId + (n % 2), company_id: id }] : [],
  );
  const segments = [
    { name: 'VIP customers', rules: { field: 'tag_id', operator: '=', value: String(firstTagId) } },
    { name: 'Leads of the last month', rules: { field: 'role', operator: '=', value: 'lead' } },
    {
      name: 'Club members who do not read us',
      rules: {
        operator: 'AND',
        value: [
          { field: 'custom_attributes.club_member', operator: '=', value: true },
          { field: 'unsubscribed_from_emails', operator: '=', value: true },
        ],
      },
    },
  ].map((segment, n) => ({
    ...segment,
    workspace_id,
    id: hexOf(`segment/${n}`),
    person_type: n === 1 ? 'contact' : 'user',
    created_at: now - (200 - n) * day,
    updated_at: now - (100 - n) * day,
  }));
  const tables: Rows[] = [
    { table: 'companies', rows: companies },
    { table: 'contacts', rows: contacts },
    { table: 'contact_companies', rows: memberships },
    { table: 'tags', rows: tags },
    { table: 'contact_tags', rows: contactTags },
    { table: 'company_tags', rows: companyTags },
    { table: 'segments', rows: segments },
  ];
  return { tables, people, tagIds: tags.map(({ id }) => id) };
}

const fill = (text: string, product: string, order: string) =>
  text.replaceAll('{product}', product).replaceAll('{order}', order);

/** One to three, none of them twice. */
function someSentences(random: Random): string {
  const first = Math.floor(random() * phrases.sentences.length);
  const number = 1 + Math.floor(random() * 3);
  return [...phrases.sentences, ...phrases.sentences].slice(first, first + number).join(' ');
}

function attributeValue({ data_type, input_options, name }: SeededAttribute, at: number, random: Random) {
  switch (data_type) {
    case 'string':
      return name === 'Order number'
        ? `FO-${200_000 + Math.floor(random() * 90_000)}`
        : fill(pick(phrases.sentences, random), pick(phrases.products, random), 'FO-204815');
    case 'integer':
      return 1 + Math.floor(random() ** 3 * 40);
    case 'decimal':
      return Math.round(random() * 90_000) / 100;
    case 'boolean':
      return random() < 0.5;
    case 'datetime':
      return at - Math.round(random() * 14 * day);
    case 'list':
      return input_options?.list_options?.length ? pick(input_options.list_options, random).id : undefined;
    default:
      return [
        {
          name: 'photo.jpg',
          url: `https://files.fennelandoak.example/${hexOf(`${at}/${name}`)}/photo.jpg`,
          content_type: 'image/jpeg',
        },
      ];
  }
}

function demoTickets(
  { workspaceId: workspace_id, now, types }: DemoOptions,
  { people, tagIds }: { people: Person[]; tagIds: number[] },
  random: Random,
): Rows[] {
  const inUse = types.filter(({ archived }) => !archived);
  const weighted = inUse.flatMap((type) => Array<SeededType>(typeWeights[type.id] ?? 1).fill(type));
  const tickets: Record<string, unknown>[] = [];
  const values: Record<string, unknown>[] = [];
  const parts: Record<string, unknown>[] = [];
  const ticketTags: Record<string, unknown>[] = [];

  for (let n = 0; n < sizes.tickets; n += 1) {
    const id = firstTicketId + n;
    const type = pick(weighted, random);
    const person = pick(people, random);
    const age = 60 * (1 - n / sizes.tickets) ** 1.4;
    const created_at = now - 3_600 - Math.round(age * day);
    const [product, order] = [pick(phrases.products, random), `FO-${200_000 + Math.floor(random() * 90_000)}`];
    const subjects = n % 11 === 5 ? phrases.foreignSubjects : (phrases.subjects[type.id] ?? phrases.anySubjects);
    const title = fill(pick(subjects, random), product, order);
    const description = fill(someSentences(random), product, order);
    const state = stateFor(age, random);
    const team = demoTeams.find((one) => one.id === teamOf[type.id]) ?? { id: 61, primary: [802] };
    const isAssigned = state !== 'submitted' || random() < 0.4;
    const admin = isAssigned && random() < 0.8 ? pick(team.primary, random) : 0;
    const isOpen = state === 'resolved' ? random() < 0.06 : true;
    const snoozed_until =
      isOpen && state === 'waiting_on_customer' && random() < 0.4 ? now + Math.round(random() * 7 * day) : null;
    const events = n === 311 ? sizes.longest : Math.floor(random() ** 2 * 31);
    const attributes: Record<string, unknown> = {};
    let changed: History['changed'] = null;
    for (const attribute of type.attributes) {
      if (attribute.default || attribute.archived || random() < 0.25) continue;
      const value = attributeValue(attribute, created_at, random);
      if (value === undefined) continue;
      attributes[attribute.id] = value;
      if (typeof value === 'number' && n % 3 === 0)
        changed = { id: String(attribute.id), label: attribute.name, value };
      const isText = attribute.data_type === 'string';
      if (!isText && typeof value !== 'number') continue;
      values.push({
        workspace_id,
        attribute_id: attribute.id,
        ticket_id: id,
        number_value: isText ? null : value,
        text_value: isText ? nameKey(String(value)) : null,
      });
    }

    const team_assignee_id = isAssigned ? team.id : 0;
    const ticket = { state, admin, team: team_assignee_id, person, created_at, snoozed_until, isOpen, events, changed };
    const history = partsOf(ticket, { now, product, order, random, canReply: type.category === 'Customer' });
    const writers = new Set<number>();
    let updated_at = created_at;
    for (const part of history) {
      if (part.author_type === 'admin' && part.body !== null) writers.add(Number(part.author_id));
      updated_at = Math.max(updated_at, part.created_at);
      parts.push({ workspace_id, id: firstPartId + parts.length, ticket_id: id, ...part, updated_at: part.created_at });
    }
    if (n % 5 === 2) {
      const tag_id = tagIds[n % tagIds.length];
      ticketTags.push({ workspace_id, tag_id, ticket_id: id, applied_at: updated_at, applied_by: 801 + (n % 5) });
    }
    tickets.push({
      workspace_id,
      id,
      ticket_type_id: type.id,
      contact_id: person.id,
      company_id: person.companyId,
      title,
      description,
      title_key: nameKey(title),
      description_key: nameKey(description),
      attributes,
      state,
      open: isOpen,
      is_shared: type.category === 'Customer',
      snoozed_until,
      admin_assignee_id: admin,
      team_assignee_id,
      teammate_ids: [...writers],
      created_at,
      updated_at,
    });
  }
  return [
    { table: 'tickets', rows: tickets },
    { table: 'ticket_values', rows: values },
    { table: 'ticket_parts', rows: parts },
    { table: 'ticket_tags', rows: ticketTags },
  ];
}

function stateFor(age: number, random: Random): TicketState {
  const resolved = Math.min(0.85, age / 25);
  const dice = random();
  if (dice < resolved) return 'resolved';
  return pick(['submitted', 'submitted', 'in_progress', 'in_progress', 'waiting_on_customer'] as const, random);
}

interface History {
  state: TicketState;
  admin: number;
  team: number;
  person: Person;
  created_at: number;
  snoozed_until: number | null;
  isOpen: boolean;
  events: number;
  changed: { id: string; label: string; value: unknown } | null;
}

interface Change {
  body: string | null;
  ticket_state: TicketState | null;
  previous_ticket_state: TicketState | null;
  assigned_to_type: 'admin' | 'team' | null;
  assigned_to_id: number | null;
  changed_attribute: History['changed'];
  attachments: null;
  external_id: null;
}

interface Step extends Change {
  part_type: string;
  author_type: 'admin' | 'user' | 'bot';
  author_id: string | null;
}

type Part = Step & { created_at: number };

const nothing: Change = {
  body: null,
  ticket_state: null,
  previous_ticket_state: null,
  assigned_to_type: null,
  assigned_to_id: null,
  changed_attribute: null,
  attachments: null,
  external_id: null,
};

interface Told {
  now: number;
  product: string;
  order: string;
  random: Random;
  canReply: boolean;
}

/** What happened on a ticket, in order, so that it ends as the ticket is. */
function partsOf(ticket: History, { now, product, order, random, canReply }: Told): Part[] {
  const bot = { author_type: 'bot' as const, author_id: null };
  const admin = { author_type: 'admin' as const, author_id: String(ticket.admin === 0 ? 802 : ticket.admin) };
  const user = { author_type: 'user' as const, author_id: ticket.person.id };
  const step = (
    part_type: string,
    author: Pick<Step, 'author_type' | 'author_id'>,
    change: Partial<Change> = {},
  ): Step => ({
    ...nothing,
    ...author,
    part_type,
    ...change,
  });
  const stateChange = (from: TicketState, to: TicketState) =>
    step('ticket_state_updated_by_admin', bot, { ticket_state: to, previous_ticket_state: from });
  const steps: Step[] = [];
  const assign = (assigned_to_type: 'admin' | 'team', assigned_to_id: number) =>
    steps.push(step('assignment', admin, { assigned_to_type, assigned_to_id }));
  if (ticket.team !== 0) assign('team', ticket.team);
  if (ticket.admin !== 0) assign('admin', ticket.admin);
  const isWorked = ticket.state !== 'submitted';
  if (isWorked) steps.push(stateChange('submitted', 'in_progress'));
  const told = isWorked ? ticket.events : Math.min(ticket.events, 2);
  for (let n = 0; n < told; n += 1) {
    const dice = random();
    const isNote = dice < 0.2 || !canReply;
    const said = isNote ? phrases.notes : dice < 0.6 ? phrases.customerReplies : phrases.teammateReplies;
    const body = fill(pick(said, random), product, order);
    steps.push(step(isNote ? 'note' : 'comment', said === phrases.customerReplies ? user : admin, { body }));
  }
  if (ticket.changed !== null) {
    steps.push(step('ticket_attribute_updated_by_admin', admin, { changed_attribute: ticket.changed }));
  }
  if (isWorked && ticket.state !== 'in_progress') steps.push(stateChange('in_progress', ticket.state));
  if (ticket.snoozed_until !== null) steps.push(step('snoozed', admin));
  if (!ticket.isOpen) steps.push(step('close', admin));
  const span = Math.max(Math.min(now - 60 - ticket.created_at, 12 * day), 1);
  const times = steps.map(() => ticket.created_at + 1 + Math.floor(random() * span)).sort((one, other) => one - other);
  return [
    { ...stateChange('submitted', 'submitted'), created_at: ticket.created_at },
    ...steps.map((one, n) => ({ ...one, created_at: times[n] ?? ticket.created_at })),
  ];
}
