import { and, count, desc, eq, getTableColumns, inArray, ne, or, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '#database/database.ts';
import { contactCompanies } from '../companies/tables.ts';
import { nextVersion, prepared, single, violates } from '../sql.ts';
import { contactTags } from '../tags/tables.ts';
import { nameKey } from '../ticket-types/store.ts';
import { contacts, externalIdIndex, userEmailIndex } from './tables.ts';

export type ContactRow = typeof contacts.$inferSelect;

/** The first ids of a list that belongs to a contact, and how many there are. */
interface Sublist<Id> {
  ids: Id[];
  total: number;
}

/** A contact with what hangs on it. */
export type ContactWithLists = ContactRow & { tags: Sublist<number>; companies: Sublist<string> };

const sublistLength = 10;

function sublist<Id>(table: PgTable, column: string) {
  const id = sql.identifier(column);
  return sql<Sublist<Id>>`(
    select json_build_object('ids', coalesce(to_json((array_agg(l.${id} order by l.${id}))[1:${sql.raw(String(sublistLength))}]), '[]'), 'total', count(*))
    from ${table} l where l.workspace_id = ${contacts}.workspace_id and l.contact_id = ${contacts}.id
  )`;
}

// Aggregated beside each contact: one statement whatever the number of contacts.
const columns = {
  ...getTableColumns(contacts),
  tags: sublist<number>(contactTags, 'tag_id'),
  companies: sublist<string>(contactCompanies, 'company_id'),
};

const byId = prepared((db) =>
  db
    .select()
    .from(contacts)
    .where(and(eq(contacts.workspace_id, sql.placeholder('workspaceId')), eq(contacts.id, sql.placeholder('id'))))
    .prepare('contact'),
);

export async function findContact(db: Db, workspaceId: string, id: string): Promise<ContactRow | undefined> {
  const [row] = await byId(db).execute({ workspaceId, id });
  return row;
}

/** Of several contacts with one email the user, and of leads the newest. */
export async function findContactBy(
  db: Db,
  workspaceId: string,
  given: { external_id: string } | { email: string },
): Promise<ContactRow | undefined> {
  const fits =
    'external_id' in given ? eq(contacts.external_id, given.external_id) : eq(contacts.email_key, nameKey(given.email));
  const [row] = await db
    .select()
    .from(contacts)
    .where(and(eq(contacts.workspace_id, workspaceId), fits))
    .orderBy(desc(eq(contacts.role, 'user')), desc(contacts.created_at), desc(contacts.id))
    .limit(1);
  return row;
}

/** The contacts of `ids` in their order, without those that are not there. */
export async function contactsByIds(db: Db, workspaceId: string, ids: string[]): Promise<ContactWithLists[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select(columns)
    .from(contacts)
    .where(and(eq(contacts.workspace_id, workspaceId), inArray(contacts.id, ids)));
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** Newest first, from the one after `after` on. */
export async function listContacts(
  db: Db,
  workspaceId: string,
  page: { size: number; after: { createdAt: number; id: string } | undefined },
): Promise<ContactWithLists[]> {
  const { size, after } = page;
  return db
    .select(columns)
    .from(contacts)
    .where(
      and(
        eq(contacts.workspace_id, workspaceId),
        after && sql`(${contacts.created_at}, ${contacts.id}) < (${after.createdAt}::bigint, ${after.id})`,
      ),
    )
    .orderBy(desc(contacts.created_at), desc(contacts.id))
    .limit(size);
}

export async function countContacts(db: Db, workspaceId: string): Promise<number> {
  return single(await db.select({ number: count() }).from(contacts).where(eq(contacts.workspace_id, workspaceId)))
    .number;
}

/** The columns that follow from others. */
function contactKeys(values: { email?: string | null | undefined; name?: string | null | undefined }) {
  const keyOf = (text: string | null) => (text === null ? null : nameKey(text));
  return {
    ...(values.email === undefined ? {} : { email_key: keyOf(values.email) }),
    ...(values.name === undefined ? {} : { name_key: keyOf(values.name) }),
  };
}

type DerivedColumn = 'email_key' | 'name_key' | 'updated_at';
/** An id is made by `newHexId(clock(), newId())`. */
export type NewContact = Omit<typeof contacts.$inferInsert, DerivedColumn>;

/** The id of another contact that has what only one contact can have. */
export interface ContactConflict {
  conflictsWith: string;
}

/**
 * The new contact, or the one that has its external id or, of users, its email. A transaction goes on either way.
 */
export async function insertContact(db: Db, values: NewContact): Promise<ContactRow | ContactConflict> {
  const row = { ...values, ...contactKeys(values), updated_at: values.created_at };
  // Again when the other one is gone by the time it is looked for.
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const [made] = await db.insert(contacts).values(row).onConflictDoNothing().returning();
    if (made !== undefined) return made;
    const other = await conflictOf(db, row);
    if (other !== undefined) return { conflictsWith: other };
  }
  throw new Error('A contact conflicts with one that cannot be found');
}

type Identity = Pick<typeof contacts.$inferInsert, 'workspace_id' | 'id' | 'role' | 'external_id' | 'email_key'>;

async function conflictOf(db: Db, { workspace_id, id, role, external_id, email_key }: Identity) {
  const sameEmail =
    role === 'user' && email_key ? and(eq(contacts.role, 'user'), eq(contacts.email_key, email_key)) : undefined;
  const sameExternalId = external_id ? eq(contacts.external_id, external_id) : undefined;
  const same = or(sameExternalId, sameEmail);
  if (same === undefined) return undefined;
  const [row] = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.workspace_id, workspace_id), ne(contacts.id, id), same))
    .orderBy(desc(sql`${contacts.external_id} is not distinct from ${external_id ?? null}`))
    .limit(1);
  return row?.id;
}

export type ContactChanges = Partial<Omit<NewContact, 'workspace_id' | 'id' | 'created_at'>>;

/**
 * The contact after the changes that `revise` makes of it; 'missing' when there is none, 'stale' when it was changed
 * after `unmodifiedSince`. What `revise` throws is thrown, and nothing is changed.
 */
export async function updateContact(
  db: Db,
  target: { workspaceId: string; id: string; unmodifiedSince: number | undefined },
  revise: (current: ContactRow) => ContactChanges,
  now: number,
): Promise<ContactWithLists | ContactConflict | 'missing' | 'stale'> {
  const one = and(eq(contacts.workspace_id, target.workspaceId), eq(contacts.id, target.id));
  let wanted: Identity | undefined;
  try {
    return await db.transaction(async (transaction) => {
      const [current] = await transaction.select().from(contacts).where(one).for('update');
      if (current === undefined) return 'missing';
      if (target.unmodifiedSince !== undefined && current.updated_at > target.unmodifiedSince) return 'stale';
      const changes = revise(current);
      // What changes nothing leaves the time of the last change as it is.
      if (Object.keys(changes).length > 0) {
        const set = { ...changes, ...contactKeys(changes) };
        wanted = { ...current, ...set };
        await transaction
          .update(contacts)
          .set({ ...set, updated_at: nextVersion(contacts.updated_at, now) })
          .where(one);
      }
      const [row] = await contactsByIds(transaction, target.workspaceId, [target.id]);
      return row ?? 'missing';
    });
  } catch (error) {
    const isConflict = violates(error, externalIdIndex) || violates(error, userEmailIndex);
    const other = isConflict && wanted !== undefined ? await conflictOf(db, wanted) : undefined;
    if (other === undefined) throw error;
    return { conflictsWith: other };
  }
}
