import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { SearchQuery } from '#contract/search.ts';
import { ticketStates } from '#contract/ticket-states.ts';
import { defaultAttributeNames, type TicketTypeCategory } from '#contract/ticket-types.ts';
import { ticketPageSize } from '#contract/tickets.ts';
import type { Db } from '#database/database.ts';
import { companies } from '../companies/tables.ts';
import { numericId } from '../http/ids.ts';
import { badRequest, invalid } from '../http/refusal.ts';
import { fieldsIn, type Purpose } from '../search/compile.ts';
import {
  booleanField,
  compared,
  type Field,
  fieldOf,
  idsElsewhere,
  integerField,
  integerListField,
  jsonField,
  type Matching,
  orderingOperators,
  presenceField,
  readInteger,
  textElsewhere,
  textField,
  textListField,
  wordField,
} from '../search/fields.ts';
import type { SearchOf } from '../search/search.ts';
import { ticketTags } from '../tags/tables.ts';
import { nameKey } from '../ticket-types/store.ts';
import { ticketTypeAttributes, ticketTypes } from '../ticket-types/tables.ts';
import { nobody, ticketCounts, tickets, ticketValues } from './tables.ts';

/** What the API calls the categories in a search, and what they are called elsewhere. */
const categoryWords = new Map<string, TicketTypeCategory>([
  ['request', 'Customer'],
  ['customer', 'Customer'],
  ['task', 'Back-office'],
  ['back-office', 'Back-office'],
  ['tracker', 'Tracker'],
]);

const byUpdate = { orders: ['updated_at'] };
const counted = { ...byUpdate, isCounted: true };

/** Keeps Postgres from turning the question around where it is asked of a few rows. */
const fence = (purpose: Purpose) => (purpose === 'rows' ? sql` offset 0` : sql``);

const title = textField(sql`t.title_key`, nameKey);
const description = textField(sql`t.description_key`, nameKey);

/** As a ticket shows it: a snooze that is over is none. */
function snoozedUntil(now: number): Field {
  const column = sql`t.snoozed_until`;
  const isSnoozed = sql`${column} > ${now}`;
  return fieldOf({
    read: readInteger,
    isAnyOf: (values) => sql`(${isSnoozed} and ${column} in ${values})`,
    isUnset: sql`(${isSnoozed}) is not true`,
    more: (operator, value) => sql`(${isSnoozed} and ${compared(column, operator, value)})`,
    moreOperators: orderingOperators,
  });
}

const fieldsOf = (workspaceId: string, now: number, purpose: Purpose) =>
  new Map<string, Field>([
    ['id', { ...integerField(sql`t.id`), isId: true }],
    ['created_at', integerField(sql`t.created_at`)],
    ['updated_at', integerField(sql`t.updated_at`)],
    ['snoozed_until', snoozedUntil(now)],
    ['title', title],
    ['description', description],
    [
      'category',
      {
        ...wordField(
          (categories) => sql`t.ticket_type_id = any(array(
          select y.id from ${ticketTypes} y where y.workspace_id = ${workspaceId} and y.category in ${categories}
        ))`,
          categoryWords,
        ),
        isCounted: true,
      },
    ],
    ['ticket_type_id', { ...integerField(sql`t.ticket_type_id`), ...counted }],
    ['contact_ids', { ...textListField((ids) => sql`t.contact_id in ${ids}`, sql`false`), ...byUpdate }],
    [
      'teammate_ids',
      integerListField(
        (ids) =>
          sql`t.teammate_ids && array[${sql.join(
            ids.map((id) => sql`${id}`),
            sql`, `,
          )}]::bigint[]`,
        sql`t.teammate_ids = '{}'`,
      ),
    ],
    ['admin_assignee_id', { ...integerField(sql`t.admin_assignee_id`, { unset: nobody }), ...counted }],
    ['team_assignee_id', { ...integerField(sql`t.team_assignee_id`, { unset: nobody }), ...counted }],
    ['open', { ...booleanField(sql`t.open`), ...counted }],
    [
      'state',
      {
        ...wordField((states) => sql`t.state in ${states}`, new Map(ticketStates.map((one) => [one, one]))),
        ...counted,
      },
    ],
    // Additions of ours.
    [
      'tag_ids',
      idsElsewhere(sql`g.tag_id`, (condition, asked) => {
        const of = (workspace: SQL) => sql`${ticketTags} g where g.workspace_id = ${workspace} and ${condition}`;
        return asked === 'ids'
          ? sql`select distinct g.ticket_id from ${of(sql`${workspaceId}`)}`
          : sql`exists (select 1 from ${of(sql`t.workspace_id`)} and g.ticket_id = t.id${fence(purpose)})`;
      }),
    ],
    [
      'company_id',
      textListField(
        (ids) => sql`t.company_id = any(array(
        select c.id from ${companies} c where c.workspace_id = ${workspaceId} and (c.id in ${ids} or c.company_id in ${ids})
      ))`,
        sql`t.company_id is null`,
      ),
    ],
    ['is_shared', booleanField(sql`t.is_shared`)],
  ]);

type AttributeRow = Pick<typeof ticketTypeAttributes.$inferSelect, 'id' | 'name' | 'default' | 'data_type'>;

/** How the values of an attribute are compared: exactly in `tickets.attributes`, else in `ticket_values`. */
function attributeField(
  { id, name, data_type, default: isDefault }: AttributeRow,
  workspaceId: string,
  purpose: Purpose,
): Field {
  if (isDefault) return name === defaultAttributeNames.title ? title : description;
  const matching: Matching = (condition, asked) => {
    const of = (workspace: SQL) =>
      sql`${ticketValues} v where v.workspace_id = ${workspace} and v.attribute_id = ${id} and ${condition}`;
    return asked === 'ids'
      ? sql`select v.ticket_id from ${of(sql`${workspaceId}`)}`
      : sql`exists (select 1 from ${of(sql`t.workspace_id`)} and v.ticket_id = t.id${fence(purpose)})`;
  };
  const attributes = sql`t.attributes`;
  const key = String(id);
  switch (data_type) {
    case 'string':
      return textElsewhere(sql`v.text_value`, nameKey, matching);
    case 'list':
      return jsonField(attributes, key, 'text');
    case 'boolean':
      return jsonField(attributes, key, 'boolean');
    case 'files':
      return presenceField(sql`t.attributes -> ${key}::text is null`);
    case 'integer':
    case 'datetime':
      return jsonField(attributes, key, 'integer', { column: sql`v.number_value`, matching });
    case 'decimal':
      return jsonField(attributes, key, 'number', { column: sql`v.number_value`, matching });
  }
}

const attributePrefix = 'ticket_attribute.';

function attributeIdIn(field: string): number | undefined {
  return field.startsWith(attributePrefix) ? numericId(field.slice(attributePrefix.length)) : undefined;
}

/** How tickets are searched by `query`, whose attributes are looked up; `now` tells which are still snoozed. */
export async function ticketSearch(db: Db, workspaceId: string, query: SearchQuery, now: number): Promise<SearchOf> {
  const ids = [...new Set(fieldsIn(query).flatMap((field) => attributeIdIn(field) ?? []))];
  const { id, name, default: isDefault, data_type } = ticketTypeAttributes;
  const rows =
    ids.length === 0
      ? []
      : await db
          .select({ id, name, default: isDefault, data_type })
          .from(ticketTypeAttributes)
          .where(and(eq(ticketTypeAttributes.workspace_id, workspaceId), inArray(id, ids)));
  const attributes = new Map(rows.map((row) => [row.id, row]));
  const fields = { rows: fieldsOf(workspaceId, now, 'rows'), others: fieldsOf(workspaceId, now, 'set') };
  return {
    name: 'tickets',
    table: sql`${tickets}`,
    counts: sql`${ticketCounts}`,
    idOf: Number,
    idForm: /^\d{1,15}$/,
    sortFields: ['created_at', 'updated_at'],
    pageSize: ticketPageSize,
    fieldNamed: (field, place, purpose) => {
      if (!field.startsWith(attributePrefix)) return fields[purpose === 'rows' ? 'rows' : 'others'].get(field);
      const attributeId = attributeIdIn(field);
      if (attributeId === undefined) {
        throw badRequest('field_not_found', 'The request ticket attribute ID is not a valid integer');
      }
      const attribute = attributes.get(attributeId);
      if (attribute === undefined) throw invalid(`${place}.field`, 'names no attribute of a ticket type');
      return attributeField(attribute, workspaceId, purpose);
    },
  };
}
