import { lte, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Db } from '#database/database.ts';

/**
 * A prepared statement that is built once for each database: building one takes about as long as running it.
 * `byId(db).execute({ id })` runs it.
 */
export function prepared<Statement>(build: (db: Db) => Statement): (db: Db) => Statement {
  const built = new WeakMap<Db, Statement>();
  return (db) => {
    const known = built.get(db);
    if (known !== undefined) return known;
    const statement = build(db);
    built.set(db, statement);
    return statement;
  };
}

/** The only row of a statement that always gives one. */
export function single<Row>(rows: Row[]): Row {
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`One row was expected, not ${rows.length}`);
  return row;
}

/** The next `updated_at` of a row: now, or a second after the last one, so that it can serve as the row's version. */
export function nextVersion(updatedAt: PgColumn, now: number): SQL {
  return sql`greatest(${now}::bigint, ${updatedAt} + 1)`;
}

/** Holds for rows that nobody changed after `since`; for every row when the writer gave no time. */
export function unmodified(updatedAt: PgColumn, since: number | undefined): SQL | undefined {
  return since === undefined ? undefined : lte(updatedAt, since);
}

/** Whether `error`, or what caused it, is Postgres refusing a second row in the unique index `name`. */
export function violates(error: unknown, name: string): boolean {
  if (!(error instanceof Error)) return false;
  const found = 'code' in error && error.code === '23505' && 'constraint' in error && error.constraint === name;
  return found || violates(error.cause, name);
}
