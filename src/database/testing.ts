import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { pino } from 'pino';
import { extract } from 'tar';
import { inject } from 'vitest';
import type { Database } from './database.ts';
import { databaseFolder } from './pglite/data-folder.ts';
import { extensions } from './pglite/extensions.ts';
import { pgliteDatabase } from './pglite/pglite.ts';
import { openPostgresql } from './postgresql.ts';

export type TestTemplate =
  | { kind: 'pglite'; dumpFile: string }
  | { kind: 'postgresql'; serverUrl: string; template: string };

declare module 'vitest' {
  interface ProvidedContext {
    testTemplate: TestTemplate;
  }
}

/** `serverUrl` with another database's name in it. */
export function urlOfDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** The URL of a new PostgreSQL database with the migrated tables. Throws in a run on PGlite. */
export async function createTestDatabaseUrl(): Promise<string> {
  const template = inject('testTemplate');
  if (template.kind !== 'postgresql') {
    throw new Error('Only the postgresql project has a server: ask for a database by openTestDatabase().');
  }
  const name = `${template.template}_${randomUUID().slice(0, 8)}`;
  const client = new pg.Client({ connectionString: template.serverUrl });
  await client.connect();
  try {
    await client.query(`create database "${name}" template "${template.template}"`);
  } finally {
    await client.end();
  }
  return urlOfDatabase(template.serverUrl, name);
}

/** Gives `dataDir` a migrated PGlite without the seconds that a first start takes. Throws in a run on PostgreSQL. */
export async function fillTestFolder(dataDir: string): Promise<void> {
  const template = inject('testTemplate');
  if (template.kind !== 'pglite') {
    throw new Error('Only the pglite project has a dump to fill a folder with.');
  }
  const folder = databaseFolder(dataDir);
  await mkdir(folder, { recursive: true });
  await extract({ file: template.dumpFile, cwd: folder });
}

/** A migrated database with empty tables, for one test file, on the database that the vitest project stands for. */
export async function openTestDatabase(): Promise<Database> {
  const template = inject('testTemplate');
  if (template.kind === 'pglite') {
    return pgliteDatabase(await PGlite.create({ loadDataDir: await openAsBlob(template.dumpFile), extensions }));
  }
  return openPostgresql({ databaseUrl: await createTestDatabaseUrl(), log: pino({ level: 'silent' }) });
}

/** Removes every row of our own tables and restarts their sequences. */
export async function emptyTables(database: Database): Promise<void> {
  const { rows } = await database.executeSql(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ') as names from pg_tables where schemaname = 'public'`,
  );
  const names = rows[0]?.names;
  if (typeof names === 'string') {
    await database.executeSql(`truncate ${names} restart identity cascade`);
  }
}
