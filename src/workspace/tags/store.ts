import { and, asc, eq, inArray, or, sql } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { companies } from '../companies/tables.ts';
import { contacts } from '../contacts/tables.ts';
import { segmentsOfTag } from '../segments/store.ts';
import { prepared, single, violates } from '../sql.ts';
import { nameKey } from '../ticket-types/store.ts';
import { companyTags, contactTags, tagNameIndex, tags } from './tables.ts';

export type TagRow = typeof tags.$inferSelect;

const all = prepared((db) =>
  db
    .select()
    .from(tags)
    .where(eq(tags.workspace_id, sql.placeholder('workspaceId')))
    .orderBy(asc(tags.id))
    .prepare('tags'),
);

export function listTags(db: Db, workspaceId: string): Promise<TagRow[]> {
  return all(db).execute({ workspaceId });
}

export async function findTag(db: Db, workspaceId: string, id: number): Promise<TagRow | undefined> {
  const [row] = await db
    .select()
    .from(tags)
    .where(and(eq(tags.workspace_id, workspaceId), eq(tags.id, id)));
  return row;
}

async function findTagByName(db: Db, workspaceId: string, name: string): Promise<TagRow | undefined> {
  const [row] = await db
    .select()
    .from(tags)
    .where(and(eq(tags.workspace_id, workspaceId), eq(tags.name_key, nameKey(name))));
  return row;
}

/** The tag of a name, whatever its case; made when there is none. */
export async function findOrCreateTag(
  db: Db,
  values: { workspace_id: string; name: string; created_at: number },
): Promise<TagRow> {
  const known = await findTagByName(db, values.workspace_id, values.name);
  if (known !== undefined) return known;
  // Changes nothing in the one that somebody else made meanwhile, but gives it back.
  return single(
    await db
      .insert(tags)
      .values({ ...values, name_key: nameKey(values.name) })
      .onConflictDoUpdate({ target: [tags.workspace_id, tags.name_key], set: { name_key: sql`excluded.name_key` } })
      .returning(),
  );
}

export async function renameTag(
  db: Db,
  workspaceId: string,
  id: number,
  name: string,
): Promise<TagRow | 'missing' | 'name taken'> {
  try {
    // A transaction within the caller's: a name that is taken would otherwise end that as well.
    const [row] = await db.transaction((transaction) =>
      transaction
        .update(tags)
        .set({ name, name_key: nameKey(name) })
        .where(and(eq(tags.workspace_id, workspaceId), eq(tags.id, id)))
        .returning(),
    );
    return row ?? 'missing';
  } catch (error) {
    if (violates(error, tagNameIndex)) return 'name taken';
    throw error;
  }
}

/** Deletes a tag. The names of the segments that keep it from being deleted, when there are any. */
export function deleteTag(db: Db, workspaceId: string, id: number): Promise<'deleted' | 'missing' | string[]> {
  return db.transaction(async (transaction) => {
    const dependent = await segmentsOfTag(transaction, workspaceId, id);
    const [row] = await transaction
      .select()
      .from(tags)
      .where(and(eq(tags.workspace_id, workspaceId), eq(tags.id, id)))
      .for('update');
    if (row === undefined) return 'missing';
    if (dependent.length > 0) return dependent;
    await transaction.delete(tags).where(and(eq(tags.workspace_id, workspaceId), eq(tags.id, id)));
    return 'deleted';
  });
}

/** One thing to put a tag on or to take it off, by any one of its ids. */
export interface TaggedItem {
  id?: string | undefined;
  /** The id that whoever made it gave it. */
  externalId?: string | undefined;
  email?: string | undefined;
  untag: boolean;
}

interface Candidate {
  id: string;
  external_id: string | null;
  email_key?: string | null;
}

const given = (values: (string | undefined)[]) => values.filter((value) => value !== undefined);

async function companiesOf(db: Db, workspaceId: string, items: TaggedItem[]): Promise<Candidate[]> {
  return db
    .select({ id: companies.id, external_id: companies.company_id })
    .from(companies)
    .where(
      and(
        eq(companies.workspace_id, workspaceId),
        or(
          inArray(companies.id, given(items.map(({ id }) => id))),
          inArray(companies.company_id, given(items.map(({ externalId }) => externalId))),
        ),
      ),
    );
}

async function contactsOf(db: Db, workspaceId: string, items: TaggedItem[]): Promise<Candidate[]> {
  const emails = given(items.map(({ email }) => email)).map(nameKey);
  return (
    db
      .select({ id: contacts.id, external_id: contacts.external_id, email_key: contacts.email_key })
      .from(contacts)
      .where(
        and(
          eq(contacts.workspace_id, workspaceId),
          or(
            inArray(contacts.id, given(items.map(({ id }) => id))),
            inArray(contacts.external_id, given(items.map(({ externalId }) => externalId))),
            inArray(contacts.email_key, emails),
          ),
        ),
      )
      // Of several with one email the user, as everywhere.
      .orderBy(sql`${contacts.role} = 'user' desc`, sql`${contacts.created_at} desc`)
  );
}

function isItem({ id, external_id, email_key }: Candidate, item: TaggedItem): boolean {
  if (item.id !== undefined) return id === item.id;
  if (item.externalId !== undefined) return external_id === item.externalId;
  return item.email !== undefined && email_key === nameKey(item.email);
}

export interface Tagging {
  workspaceId: string;
  kind: 'companies' | 'contacts';
  /** By its id, or by its name: a name that no tag has makes one, unless it is only to be taken off. */
  tag: { id: number } | { name: string };
  items: TaggedItem[];
  now: number;
  adminId: number;
}

/** Puts a tag on things and takes it off others; nothing at all where one of them is missing. */
export function applyTag(db: Db, tagging: Tagging): Promise<TagRow | 'missing' | 'item missing'> {
  const { workspaceId, kind, tag: wanted, items, now, adminId } = tagging;
  return db.transaction(async (transaction) => {
    const candidates = await (kind === 'companies' ? companiesOf : contactsOf)(transaction, workspaceId, items);
    const ids = items.map((item) => ({ id: candidates.find((one) => isItem(one, item))?.id, untag: item.untag }));
    if (ids.some(({ id }) => id === undefined)) return 'item missing';
    const tag = await tagOf(transaction, tagging);
    if (tag === undefined) return 'missing';
    const on = new Set(given(ids.map(({ id, untag }) => (untag ? undefined : id))));
    const off = given(ids.map(({ id, untag }) => (untag ? id : undefined)));
    const applied = { workspace_id: workspaceId, tag_id: tag.id, applied_at: now, applied_by: adminId };
    if (kind === 'companies') {
      const rows = [...on].map((company_id) => ({ ...applied, company_id }));
      if (rows.length > 0) await transaction.insert(companyTags).values(rows).onConflictDoNothing();
      const taken = and(eq(companyTags.workspace_id, workspaceId), eq(companyTags.tag_id, tag.id));
      if (off.length > 0) await transaction.delete(companyTags).where(and(taken, inArray(companyTags.company_id, off)));
    } else {
      const rows = [...on].map((contact_id) => ({ ...applied, contact_id }));
      if (rows.length > 0) await transaction.insert(contactTags).values(rows).onConflictDoNothing();
      const taken = and(eq(contactTags.workspace_id, workspaceId), eq(contactTags.tag_id, tag.id));
      if (off.length > 0) await transaction.delete(contactTags).where(and(taken, inArray(contactTags.contact_id, off)));
    }
    return tag;
  });

  function tagOf(transaction: Db, { items: all }: Tagging): Promise<TagRow | undefined> {
    if ('id' in wanted) return findTag(transaction, workspaceId, wanted.id);
    if (all.every(({ untag }) => untag)) return findTagByName(transaction, workspaceId, wanted.name);
    return findOrCreateTag(transaction, { workspace_id: workspaceId, name: wanted.name, created_at: now });
  }
}
