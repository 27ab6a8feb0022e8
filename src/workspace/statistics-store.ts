import { getTableName, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Db } from '#database/database.ts';
import { contacts } from './contacts/tables.ts';
import { contactTags, ticketTags } from './tags/tables.ts';
import { ticketCounts, tickets, ticketValues } from './tickets/tables.ts';

/** What searches read. */
const analyzed = [tickets, ticketValues, ticketTags, ticketCounts, contacts, contactTags].map(getTableName);
// Written anew all the time. The others are too large to hold up PGlite's only connection for.
const vacuumed = [getTableName(ticketCounts)];

/** A fifth of what Postgres takes: a sample that is read in a fifth of the time, while everybody waits. */
const detail = 20;

const named = z.object({ rows: z.array(z.object({ name: z.string() })) });

/**
 * Tidies the tables that searches read, and gathers statistics of those in which much has changed, by the rules of
 * Postgres' autovacuum. For PGlite, which has none: without statistics it looks through a table where an index would do.
 */
export async function refreshStatistics(db: Db): Promise<void> {
  // What was changed in the last second may not have been added to the numbers yet.
  await db.execute(sql`select pg_stat_force_next_flush()`);
  const chosen = (condition: ReturnType<typeof sql>, names: string[]) =>
    db.execute(sql`
      select s.relname as name from pg_stat_user_tables s join pg_class c on c.oid = s.relid
      where s.schemaname = current_schema() and s.relname in ${names} and ${condition} order by s.relname`);

  const dead = sql`s.n_dead_tup > 50 + 0.2 * greatest(c.reltuples, 0)`;
  for (const { name } of named.parse(await chosen(dead, vacuumed)).rows) {
    await db.execute(sql`vacuum ${sql.identifier(name)}`);
  }
  // What was written lately is beside these indexes, where searches read all of it.
  const { rows: lists } = named.parse(
    await db.execute(sql`
      select i.relname as name from pg_index x join pg_class i on i.oid = x.indexrelid
      join pg_class c on c.oid = x.indrelid join pg_am a on a.oid = i.relam
      where a.amname = 'gin' and c.relnamespace = current_schema()::regnamespace and c.relname in ${analyzed}`),
  );
  for (const { name } of lists) await db.execute(sql`select gin_clean_pending_list(${name}::regclass)`);
  // The numbers are lost when the process is killed.
  const changed = sql`case when s.last_analyze is null then pg_relation_size(c.oid) > 0
    else s.n_mod_since_analyze > 50 + 0.1 * greatest(c.reltuples, 0) end`;
  // One by one: others get their turn in between.
  for (const { name } of named.parse(await chosen(changed, analyzed)).rows) {
    await db.transaction(async (tx) => {
      await tx.execute(sql`set local default_statistics_target = ${sql.raw(String(detail))}`);
      await tx.execute(sql`analyze ${sql.identifier(name)}`);
    });
  }
}
