import { count, eq, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { admins } from '../admins/tables.ts';
import { contacts } from '../contacts/tables.ts';
import { single } from '../sql.ts';
import { teams } from '../teams/tables.ts';
import { listTicketTypes, nameKey } from '../ticket-types/store.ts';
import { ticketCounts } from '../tickets/tables.ts';
import * as phrases from './phrases.ts';

const poolSize = 3_000;

/** What a chunk of generated tickets is put together from. */
export interface Ingredients {
  workspaceId: string;
  admins: number[];
  teams: number[];
  types: {
    id: number;
    is_shared: boolean;
    subjects: string[];
    subject_keys: string[];
    attributes: { id: number; data_type: string; options: string[] }[];
  }[];
}

/** What the workspace has to make tickets of. Undefined where it has no ticket type in use. */
export async function ingredientsOf(db: Db, workspaceId: string): Promise<Ingredients | undefined> {
  const types = (await listTicketTypes(db, workspaceId)).filter(({ archived }) => !archived);
  const adminRows = await db.select({ id: admins.id }).from(admins).where(eq(admins.workspace_id, workspaceId));
  const teamRows = await db.select({ id: teams.id }).from(teams).where(eq(teams.workspace_id, workspaceId));
  if (types.length === 0) return undefined;
  return {
    workspaceId,
    admins: adminRows.map(({ id }) => id).sort((one, other) => one - other),
    teams: teamRows.map(({ id }) => id).sort((one, other) => one - other),
    types: types.map((type) => {
      const own = phrases.subjects[type.id] ?? phrases.anySubjects;
      // Once in a while in another language.
      const subjects = [...own, ...own, ...phrases.foreignSubjects.slice(0, 4)];
      return {
        id: type.id,
        is_shared: type.category !== 'Back-office',
        subjects,
        subject_keys: subjects.map(nameKey),
        attributes: type.attributes
          .filter((attribute) => !attribute.archived && !attribute.default && attribute.data_type !== 'files')
          .map(({ id, data_type, input_options }) => ({
            id,
            data_type,
            options: input_options?.list_options?.map((option) => option.id) ?? [],
          })),
      };
    }),
  };
}

export async function countTickets(db: Db, workspaceId: string): Promise<number> {
  const rows = await db
    .select({ number: sql<number>`coalesce(sum(${ticketCounts.number}), 0)::int` })
    .from(ticketCounts)
    .where(eq(ticketCounts.workspace_id, workspaceId));
  return single(rows).number;
}

export async function countContacts(db: Db, workspaceId: string): Promise<number> {
  return single(await db.select({ number: count() }).from(contacts).where(eq(contacts.workspace_id, workspaceId)))
    .number;
}

export interface Chunk {
  /** The first and the last of the numbers that rows are made of: the same number makes the same row. */
  from: number;
  to: number;
  /** Unix seconds. */
  now: number;
}

/** A number that looks random, of the row's own number `n` and of what it is for. */
const hash = (salt: number) => sql.raw(`(hashint8extended(n, ${salt}) & 2147483647)`);
const hashOfPart = (salt: number) => sql.raw(`(hashint8extended(made.id * 64 + j, ${salt}) & 2147483647)`);

/** A list as one parameter. */
const texts = (values: string[]) =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb))`;
const numbers = (values: number[]) =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb)::bigint)`;
/** One item of an array. */
const oneOf = (array: SQL, by: SQL) => sql`${array}[1 + ${by} % array_length(${array}, 1)]`;

/** Adds contacts. Returns how many: those whose number was there before are left as they are. */
export async function addContacts(db: Db, workspaceId: string, { from, to, now }: Chunk): Promise<number> {
  const names = phrases.givenNames.flatMap((given) => phrases.familyNames.map((family) => `${given} ${family}`));
  const made = await db.execute(sql`
    with given as materialized (
      select ${texts(names)}as names, ${texts(names.map(nameKey))}as keys,
        ${texts(phrases.places.map(([country]) => country))}as countries
    ),
    numbered as (
      select n, ${hash(1)} as of_name, ${now}::bigint - (${hash(2)} % 63072000) as created_at
      from generate_series(${from}::bigint, ${to}::bigint) n
    ),
    made as (
      insert into contacts (workspace_id, id, external_id, role, email, email_key, name, name_key, country,
        signed_up_at, last_seen_at, created_at, updated_at)
      select ${workspaceId}, to_hex(created_at) || substr(md5('contact ' || n), 1, 16), 'generated-' || n,
        case when ${hash(3)} % 8 = 0 then 'lead' else 'user' end,
        'customer.' || n || '@generated.example', 'customer.' || n || '@generated.example',
        ${oneOf(sql`names`, sql`of_name`)}, ${oneOf(sql`keys`, sql`of_name`)}, ${oneOf(sql`countries`, hash(4))},
        created_at, ${now}::bigint - (${hash(5)} % 5184000), created_at, created_at
      from numbered, given
      on conflict do nothing
      returning 1
    )
    select count(*)::int as number from made`);
  return numberIn(made);
}

/** What the driver gave for a statement with one row and the column `number`. */
function numberIn(result: unknown): number {
  const rows: unknown = typeof result === 'object' && result !== null && 'rows' in result ? result.rows : undefined;
  const [row]: unknown[] = Array.isArray(rows) ? rows : [];
  const number: unknown = typeof row === 'object' && row !== null && 'number' in row ? row.number : undefined;
  return Number(number ?? 0);
}

export interface TicketChunk extends Chunk {
  /** How many tickets there are to be in the end; their creation is spread over two years. */
  target: number;
  partsPerTicket: number;
  /** How many contacts there are. */
  contacts: number;
}

/**
 * Adds tickets with their values and parts in one statement, so that there is never one without the others. Returns how
 * many.
 */
export async function addTickets(db: Db, given: Ingredients, chunk: TicketChunk): Promise<number> {
  const { workspaceId } = given;
  const { from, to, now, target, partsPerTicket, contacts } = chunk;
  const span = 63_072_000;
  // Some types, admins and teams have far more than others.
  const skewed = (salt: number) => sql`(power(${hash(salt)} / 2147483648.0, 2.2))`;
  const bodies = [...phrases.customerReplies, ...phrases.teammateReplies, ...phrases.notes].map((body) =>
    body.replaceAll('{product}', 'the product').replaceAll('{order}', 'your order'),
  );
  const [customers, teammates] = [phrases.customerReplies.length, phrases.teammateReplies.length];
  // Each chunk is of other contacts.
  const skip = (from * 7_919) % Math.max(contacts - poolSize + 1, 1);
  const statement = sql`
    with given as materialized (
      select ${texts(phrases.products)} as products, ${texts(phrases.products.map(nameKey))} as product_keys,
        ${texts(phrases.sentences)} as sentences, ${texts(phrases.sentences.map(nameKey))} as sentence_keys,
        ${texts(bodies)} as bodies, ${numbers(given.admins)} as admins, ${numbers(given.teams)} as teams
    ),
    types as materialized (
      select position - 1 as position, (type ->> 'id')::bigint as ticket_type_id, (type ->> 'is_shared')::boolean as is_shared,
        array(select jsonb_array_elements_text(type -> 'subjects')) as subjects,
        array(select jsonb_array_elements_text(type -> 'subject_keys')) as subject_keys,
        type -> 'attributes' as attributes
      from jsonb_array_elements(${JSON.stringify(given.types)}::text::jsonb) with ordinality t(type, position)
    ),
    pool as materialized (
      select row_number() over (order by c.id) - 1 as contact, c.id as contact_id, (
          select m.company_id from contact_companies m
          where m.workspace_id = ${workspaceId} and m.contact_id = c.id limit 1
        ) as company_id
      from (select id from contacts where workspace_id = ${workspaceId} order by id offset ${skip} limit ${poolSize}) c
    ),
    numbered as materialized (
      select n, floor(${skewed(1)} * ${given.types.length}::int)::int as position,
        ${hash(2)} as of_product, 'FO-' || (200000 + ${hash(3)} % 90000) as "order", ${hash(4)} as of_sentence,
        ${hash(5)} % 100 as of_state, ${hash(6)} % ${Math.min(contacts, poolSize)} as contact, ${hash(8)} as of_subject,
        least(${now}::bigint - 60 - ${span}::bigint + (n * ${span}::bigint) / ${target}::bigint
          + ${hash(7)} % 3600, ${now}::bigint - 60) as created_at
      from generate_series(${from}::bigint, ${to}::bigint) n
    ),
    composed as materialized (
      select n, ticket_type_id, is_shared, attributes, contact_id, company_id, created_at,
        replace(replace(${oneOf(sql`subjects`, sql`of_subject`)},
          '{product}', ${oneOf(sql`products`, sql`of_product`)}), '{order}', "order") as title,
        replace(replace(${oneOf(sql`subject_keys`, sql`of_subject`)},
          '{product}', ${oneOf(sql`product_keys`, sql`of_product`)}), '{order}', lower("order")) as title_key,
        replace(replace(${oneOf(sql`sentences`, sql`of_sentence`)} || ' ' || ${oneOf(sql`sentences`, sql`(of_sentence + 3)`)},
          '{product}', ${oneOf(sql`products`, sql`of_product`)}), '{order}', "order") as description,
        replace(replace(${oneOf(sql`sentence_keys`, sql`of_sentence`)} || ' ' || ${oneOf(sql`sentence_keys`, sql`(of_sentence + 3)`)},
          '{product}', ${oneOf(sql`product_keys`, sql`of_product`)}), '{order}', lower("order")) as description_key,
        case when of_state < 70 then 'resolved' when of_state < 80 then 'submitted' when of_state < 92 then 'in_progress'
          else 'waiting_on_customer' end as state,
        case when of_state >= 75 and of_state < 80 then 0
          else coalesce(admins[1 + floor(${skewed(9)} * array_length(admins, 1))::int], 0) end as admin,
        case when of_state >= 77 and of_state < 80 then 0
          else coalesce(teams[1 + floor(${skewed(10)} * array_length(teams, 1))::int], 0) end as team
      from numbered join types using (position) join pool using (contact), given
    ),
    made as (
      insert into tickets (workspace_id, ticket_type_id, contact_id, company_id, title, description, title_key,
        description_key, attributes, state, open, is_shared, snoozed_until, admin_assignee_id, team_assignee_id,
        teammate_ids, created_at, updated_at)
      select ${workspaceId}, ticket_type_id, contact_id, company_id, title, description, title_key, description_key,
        coalesce((
          select jsonb_object_agg(a.id::text, case a.data_type
            when 'string' then to_jsonb('FO-' || (200000 + a.h % 90000))
            when 'integer' then to_jsonb(1 + a.h % 40)
            when 'decimal' then to_jsonb((a.h % 90000) / 100.0)
            when 'boolean' then to_jsonb(a.h % 2 = 0)
            when 'datetime' then to_jsonb(created_at - a.h % 1209600)
            else a.options -> (a.h % jsonb_array_length(a.options))::int end)
          from (
            select id, data_type, options, hashint8extended(n, 100 + id) & 2147483647 as h
            from jsonb_to_recordset(composed.attributes) as r(id bigint, data_type text, options jsonb)
          ) a
          where (a.h / 64) % 4 <> 0 and (a.data_type <> 'list' or jsonb_array_length(a.options) > 0)
        ), '{}'),
        state, state <> 'resolved' or ${hash(11)} % 20 = 0, is_shared,
        case when state = 'waiting_on_customer' and ${hash(12)} % 3 = 0 then ${now}::bigint + ${hash(13)} % 604800 end,
        admin, team, case when state = 'submitted' or admin = 0 then '{}' else array[admin] end,
        created_at, least(created_at + ${hash(14)} % 1036800, ${now}::bigint)
      from composed order by n
      returning id, ticket_type_id, contact_id, attributes, state, admin_assignee_id, created_at, updated_at
    ),
    valued as (
      insert into ticket_values (workspace_id, attribute_id, ticket_id, number_value, text_value)
      select ${workspaceId}, a.id, made.id,
        case when a.data_type <> 'string' then (made.attributes ->> a.id::text)::double precision end,
        case when a.data_type = 'string' then lower(made.attributes ->> a.id::text) end
      from types cross join lateral jsonb_to_recordset(types.attributes) as a(id bigint, data_type text)
      join made using (ticket_type_id)
      where a.data_type in ('string', 'integer', 'decimal', 'datetime') and made.attributes ? a.id::text
    ),
    written as (
      insert into ticket_parts (workspace_id, ticket_id, part_type, body, ticket_state, previous_ticket_state,
        author_type, author_id, created_at, updated_at)
      select ${workspaceId}, made.id, p.part_type, p.body, p.ticket_state, p.previous_ticket_state, p.author_type,
        case p.author_type when 'user' then made.contact_id when 'admin' then made.admin_assignee_id::text end,
        p.at, p.at
      from made cross join given
      cross join lateral generate_series(0, (hashint8extended(made.id, 20) & 2147483647) % ${Math.max(2 * partsPerTicket - 1, 1)}) j
      cross join lateral (select (${hashOfPart(21)} % ${bodies.length})::int as h) r
      cross join lateral (
        select case when j = 0 then 'ticket_state_updated_by_admin' when spoken < ${customers + teammates} then 'comment' else 'note' end as part_type,
          case when j > 0 then given.bodies[1 + spoken] end as body,
          case when j = 0 then 'submitted' end as ticket_state, case when j = 0 then 'submitted' end as previous_ticket_state,
          case when j = 0 then 'bot' when spoken < ${customers} or made.admin_assignee_id = 0 then 'user' else 'admin' end as author_type,
          made.created_at + (made.updated_at - made.created_at) * j / ${2 * partsPerTicket} as at
        from (select case when made.admin_assignee_id = 0 then h % ${customers} else h end as spoken) s
      ) p
      order by made.id, j
    )
    select count(*)::int as number from made`;
  return db.transaction(async (transaction) => {
    // Compiling the statement would take longer than running it.
    await transaction.execute(sql`set local jit = off`);
    return numberIn(await transaction.execute(statement));
  });
}

/** Lets the planner know how much there is now. */
export async function analyse(db: Db): Promise<void> {
  for (const table of ['contacts', 'tickets', 'ticket_values', 'ticket_parts', 'ticket_counts']) {
    await db.execute(sql`analyze ${sql.identifier(table)}`);
  }
}
