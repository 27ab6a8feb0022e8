import { lte, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Db } from '#database/database.ts';

/**
 * A prepared statement that is built once for each database: building one takes about as long as running it.
 * `byId(db).execute({ id })` runs it.
 */
export function prepared<Statement extends object>(build: (db: Db) => Statement): (db: Db) => Statement {
  const built = new WeakMap<object, Statement>();
  return (db) => {
    // A transaction has the dialect of its database, and a client of its own, which Drizzle binds statements to.
    const { session } = db._;
    const dialect: object = Reflect.get(session, 'dialect');
    const known = built.get(dialect) ?? build(db);
    built.set(dialect, known);
    return Object.create(known, { client: { value: Reflect.get(session, 'client') } });
  };
}

/** The only row of a statement that always gives one. */
export function single<Row>(rows: Row[]): Row {
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`One row was expected, not ${rows.length}`);
  return row;
}

/** The next `updated_at` of a row: now, or a second after the last one, so that it can serve as the row's version. */
export function nextVersion(updatedAt: PgColumn, now: number | SQL): SQL {
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
