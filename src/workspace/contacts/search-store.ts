import { eq, type SQL, sql } from 'drizzle-orm';
import { contactPageSize, contactRoles } from '#contract/contacts.ts';
import type { SearchQuery, SearchScalar } from '#contract/search.ts';
import type { Db } from '#database/database.ts';
import { invalid } from '../http/refusal.ts';
import { compileQuery, type FieldNamed, fieldsIn, type Purpose } from '../search/compile.ts';
import {
  booleanField,
  compared,
  dayField,
  type Field,
  fieldOf,
  idsElsewhere,
  integerField,
  limitedTo,
  orderingOperators,
  pieceOf,
  pieceOperators,
  readNumber,
  readText,
  textField,
  textListField,
  wordField,
} from '../search/fields.ts';
import { ownRows } from '../search/page-store.ts';
import type { SearchOf } from '../search/search.ts';
import { segments } from '../segments/tables.ts';
import { contactTags } from '../tags/tables.ts';
import { nameKey } from '../ticket-types/store.ts';
import { contacts } from './tables.ts';

/** Without regard to the case of A to Z: of other letters each database has its own idea. */
const foldedColumn = (column: SQL) => sql`lower((${column}) collate "C")`;
const fold = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const plainText = (column: SQL) => textField(foldedColumn(column), fold);
const detail = (name: string) => sql`t.details ->> ${name}::text`;

const detailNames = [
  ...['browser', 'browser_version', 'browser_language', 'os'],
  ...['ios_app_name', 'ios_app_version', 'ios_device', 'ios_os_version', 'ios_sdk_version'],
  ...['android_app_name', 'android_app_version', 'android_device', 'android_os_version', 'android_sdk_version'],
];
const detailTimes = ['ios_last_seen_at', 'android_last_seen_at'];
const times = [
  ...['created_at', 'signed_up_at', 'updated_at', 'last_seen_at', 'last_contacted_at', 'last_replied_at'],
  ...['last_email_opened_at', 'last_email_clicked_at'],
];
const flags = ['unsubscribed_from_emails', 'marked_email_as_spam', 'has_hard_bounced'];
const texts = ['phone', 'external_id', 'language_override'];

/** Names as the official tables misspell or double them. */
const otherNames = new Map([
  ['andoid_sdk_version', 'android_sdk_version'],
  ['ios_app_device', 'ios_device'],
]);

const column = (name: string) => sql`t.${sql.identifier(name)}`;
const detailTime = (name: string) =>
  sql`(case when jsonb_typeof(t.details -> ${name}::text) = 'number' then (${detail(name)})::numeric end)`;

const fence = (purpose: Purpose) => (purpose === 'rows' ? sql` offset 0` : sql``);

type Workspace = { id: string; timezone: string };

function fieldsOf({ id: workspaceId, timezone: zone }: Workspace, purpose: Purpose): Map<string, Field> {
  return new Map<string, Field>([
    ['id', { ...textListField((ids) => sql`t.id in ${ids}`, sql`false`), isId: true }],
    ['role', wordField((roles) => sql`t.role in ${roles}`, new Map(contactRoles.map((role) => [role, role])))],
    ['name', textField(sql`t.name_key`, nameKey)],
    ['email', textField(sql`t.email_key`, nameKey)],
    ['email_domain', textField(sql`split_part(t.email_key, '@', 2)`, nameKey)],
    ['avatar', plainText(sql`t.avatar_url`)],
    ['owner_id', integerField(sql`t.owner_id`, { unset: 0 })],
    [
      'tag_id',
      limitedTo(
        ['=', '!='],
        idsElsewhere(sql`g.tag_id`, (condition, asked) => {
          const of = (workspace: SQL) => sql`${contactTags} g where g.workspace_id = ${workspace} and ${condition}`;
          return asked === 'ids'
            ? sql`select distinct g.contact_id from ${of(sql`${workspaceId}`)}`
            : sql`exists (select 1 from ${of(sql`t.workspace_id`)} and g.contact_id = t.id${fence(purpose)})`;
        }),
      ),
    ],
    ...texts.map((name) => [name, plainText(column(name))] as const),
    ...['country', 'region', 'city'].map((name) => [`location.${name}`, plainText(column(name))] as const),
    ...detailNames.map((name) => [name, plainText(detail(name))] as const),
    ...times.map((name) => [name, dayField(column(name), zone)] as const),
    ...detailTimes.map((name) => [name, dayField(detailTime(name), zone)] as const),
    ...flags.map((name) => [name, booleanField(column(name))] as const),
  ]);
}

/** What a value may be stored as: numbers and flags are searched for as text too, and the other way round. */
function formsOf(value: SearchScalar): SearchScalar[] {
  const number = readNumber(value);
  const flag = value === 'true' || value === 'false' ? [value === 'true'] : [];
  return [...new Set([value, String(value), ...(number === undefined ? [] : [number]), ...flag])];
}

/** Custom attributes have no declared type: a value's own decides how it compares. Equal is exactly equal. */
function customField(name: string): Field {
  const value = sql`t.custom_attributes -> ${name}::text`;
  const text = sql`t.custom_attributes ->> ${name}::text`;
  const typed = (type: string, column: SQL) => sql`(case when jsonb_typeof(${value}) = ${type} then ${column} end)`;
  return fieldOf<SearchScalar>({
    read: (given) => (typeof given === 'string' ? readText(given) : given),
    isAnyOf: (values) => {
      const forms = values.flatMap(formsOf).map((form) => JSON.stringify({ [name]: form }));
      return sql`(${sql.join(
        forms.map((form) => sql`t.custom_attributes @> ${form}::jsonb`),
        sql` or `,
      )})`;
    },
    isUnset: sql`coalesce(${value}, 'null'::jsonb) = 'null'::jsonb`,
    more: (operator, given, place) => {
      if (pieceOperators.includes(operator)) {
        return pieceOf(typed('string', foldedColumn(text)), operator, fold(String(given)), place);
      }
      const number = readNumber(given);
      if (number === undefined) throw invalid(`${place}.value`, 'must be a number for this operator');
      return compared(typed('number', sql`(${text})::numeric`), operator, number);
    },
    moreOperators: [...orderingOperators, ...pieceOperators],
  });
}

const customPrefix = 'custom_attributes.';

/** Contacts in any of the segments `ids`, as the segments' rules say. */
function segmentField(rows: (typeof segments.$inferSelect)[], conditionOf: (rules: SearchQuery) => SQL): Field {
  const conditions = new Map(
    rows.map(({ id, person_type, rules }) => {
      const role = person_type === 'user' ? 'user' : 'lead';
      return [id, sql`(t.role = ${role} and ${conditionOf(rules)})`];
    }),
  );
  const isIn = (ids: string[]) =>
    sql.join(
      ids.map((id) => conditions.get(id) ?? sql`false`),
      sql` or `,
    );
  return limitedTo(
    ['=', '!='],
    textListField((ids) => sql`(${isIn(ids)})`, sql`false`),
  );
}

function fieldNames(workspace: Workspace): FieldNamed {
  const fields = { rows: fieldsOf(workspace, 'rows'), others: fieldsOf(workspace, 'set') };
  return (name, _place, purpose) => {
    if (name.startsWith(customPrefix)) {
      const attribute = readText(name.slice(customPrefix.length));
      return attribute ? customField(attribute) : undefined;
    }
    return fields[purpose === 'rows' ? 'rows' : 'others'].get(otherNames.get(name) ?? name);
  };
}

/** How contacts are searched by `query`, whose segments are looked up. */
export async function contactSearch(db: Db, workspace: Workspace, query: SearchQuery): Promise<SearchOf> {
  const own = fieldNames(workspace);
  const rows = fieldsIn(query).includes('segment_id')
    ? await db.select().from(segments).where(eq(segments.workspace_id, workspace.id))
    : [];
  const table = sql`${contacts}`;
  const inSegment = (purpose: Purpose) => {
    // More is asked than to be in the segment, so that some of its contacts are not enough.
    const within = purpose === 'start' ? 'set' : purpose;
    return segmentField(rows, (rules) => compileQuery(rules, own, within, ownRows(table, workspace.id)).condition);
  };
  return {
    name: 'contacts',
    table,
    idOf: String,
    idForm: /^[0-9a-f]{24}$/,
    sortFields: ['created_at', 'updated_at'],
    pageSize: contactPageSize,
    fieldNamed: (name, place, purpose) => (name === 'segment_id' ? inSegment(purpose) : own(name, place, purpose)),
  };
}
