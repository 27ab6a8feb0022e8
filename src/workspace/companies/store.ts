import { and, eq, exists, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { nextVersion, prepared, single } from '../sql.ts';
import { companyTags, tags } from '../tags/tables.ts';
import { nameKey } from '../ticket-types/store.ts';
import { companies, contactCompanies } from './tables.ts';

export type CompanyRow = typeof companies.$inferSelect;

/** A company with what hangs on it. */
export type CompanyWithLists = CompanyRow & { tags: { id: number; name: string }[]; user_count: number };

// Aggregated beside each company: one statement whatever the number of companies.
const columns = {
  ...getTableColumns(companies),
  tags: sql<{ id: number; name: string }[]>`(
    select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name) order by t.id), '[]')
    from ${companyTags} l join ${tags} t on t.workspace_id = l.workspace_id and t.id = l.tag_id
    where l.workspace_id = ${companies}.workspace_id and l.company_id = ${companies}.id
  )`,
  user_count: sql<number>`(
    select count(*)::int from ${contactCompanies} l
    where l.workspace_id = ${companies}.workspace_id and l.company_id = ${companies}.id
  )`,
};

const byId = prepared((db) =>
  db
    .select(columns)
    .from(companies)
    .where(and(eq(companies.workspace_id, sql.placeholder('workspaceId')), eq(companies.id, sql.placeholder('id'))))
    .prepare('company'),
);

export async function findCompany(db: Db, workspaceId: string, id: string): Promise<CompanyWithLists | undefined> {
  const [row] = await byId(db).execute({ workspaceId, id });
  return row;
}

const lastRequested = sql`${companies.last_request_at} desc nulls last, ${companies.id} desc`;

/** Of several companies with one name the one that was there last. */
export async function findCompanyBy(
  db: Db,
  workspaceId: string,
  { name, company_id }: { name?: string | undefined; company_id?: string | undefined },
): Promise<CompanyWithLists | undefined> {
  const [row] = await db
    .select(columns)
    .from(companies)
    .where(
      and(
        eq(companies.workspace_id, workspaceId),
        name === undefined ? undefined : eq(companies.name_key, nameKey(name)),
        company_id === undefined ? undefined : eq(companies.company_id, company_id),
      ),
    )
    .orderBy(lastRequested)
    .limit(1);
  return row;
}

/** Those that were there last first. */
export async function listCompanies(
  db: Db,
  workspaceId: string,
  { page, size, tagId }: { page: number; size: number; tagId: number | undefined },
): Promise<{ rows: CompanyWithLists[]; total: number }> {
  const tagged = db
    .select({ tagged: sql`1` })
    .from(companyTags)
    .where(
      sql`${companyTags}.workspace_id = ${companies}.workspace_id and ${companyTags}.company_id = ${companies}.id
        and ${companyTags}.tag_id = ${tagId ?? null}`,
    );
  const wanted: SQL | undefined = and(
    eq(companies.workspace_id, workspaceId),
    tagId === undefined ? undefined : exists(tagged),
  );
  const rows = await db
    .select(columns)
    .from(companies)
    .where(wanted)
    .orderBy(lastRequested)
    .limit(size)
    .offset((page - 1) * size);
  const total = single(await db.select({ number: sql<number>`count(*)::int` }).from(companies).where(wanted)).number;
  return { rows, total };
}

type DerivedColumn = 'name_key' | 'updated_at';
export type NewCompany = Omit<typeof companies.$inferInsert, DerivedColumn>;
export type CompanyChanges = Partial<Omit<NewCompany, 'workspace_id' | 'id' | 'created_at' | 'company_id'>>;

function keysOf({ name }: { name?: string | null | undefined }) {
  return name === undefined ? {} : { name_key: name === null ? null : nameKey(name) };
}

/**
 * The new company; of a `company_id` that is there already, that company after the changes that `revise` makes of it,
 * or 'stale' when it was changed after `unmodifiedSince`.
 */
export function upsertCompany(
  db: Db,
  values: NewCompany,
  revise: (current: CompanyRow) => CompanyChanges,
  { now, unmodifiedSince }: { now: number; unmodifiedSince: number | undefined },
): Promise<CompanyWithLists | 'stale'> {
  return db.transaction(async (transaction) => {
    const row = { ...values, ...keysOf(values), updated_at: values.created_at };
    const [made] = await transaction.insert(companies).values(row).onConflictDoNothing().returning();
    if (made !== undefined) return { ...made, tags: [], user_count: 0 };
    const one = and(eq(companies.workspace_id, values.workspace_id), eq(companies.company_id, values.company_id ?? ''));
    const current = single(await transaction.select().from(companies).where(one).for('update'));
    if (unmodifiedSince !== undefined && current.updated_at > unmodifiedSince) return 'stale';
    const changes = revise(current);
    // What changes nothing leaves the time of the last change as it is.
    if (Object.keys(changes).length > 0) {
      await transaction
        .update(companies)
        .set({ ...changes, ...keysOf(changes), updated_at: nextVersion(companies.updated_at, now) })
        .where(one);
    }
    return single(await transaction.select(columns).from(companies).where(one));
  });
}
