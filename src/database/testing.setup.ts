import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { extensions } from './pglite/extensions.ts';
import { migratePglite } from './pglite/pglite.ts';
import { migratePostgresql } from './postgresql.ts';
import { startPostgresqlServer } from './testing.server.ts';
import { urlOfDatabase } from './testing.ts';

type TearDown = () => Promise<void>;

async function dumpTemplate(project: TestProject): Promise<TearDown> {
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-template-'));
  const client = await PGlite.create({ extensions });
  await migratePglite(client);
  const dumpFile = join(folder, 'template.tar');
  const dump = await client.dumpDataDir('none');
  await writeFile(dumpFile, dump.stream());
  await client.close();
  project.provide('testTemplate', { kind: 'pglite', dumpFile });
  return () => rm(folder, { recursive: true, force: true });
}

async function onServer(serverUrl: string, run: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}

async function templateDatabase(project: TestProject): Promise<TearDown> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given === undefined ? await startPostgresqlServer() : { url: given, stop: async () => {} };
  const template = `deskbell_test_${randomUUID().slice(0, 8)}`;
  const tearDown = async () => {
    try {
      await onServer(server.url, async (client) => {
        const { rows } = await client.query<{ datname: string }>(
          'select datname from pg_database where starts_with(datname, $1)',
          [template],
        );
        for (const { datname } of given === undefined ? [] : rows) {
          await client.query(`drop database if exists "${datname}" with (force)`);
        }
      });
    } finally {
      await server.stop();
    }
  };
  try {
    await onServer(server.url, async (client) => {
      await client.query(`create database "${template}"`);
    });
    await migratePostgresql(urlOfDatabase(server.url, template));
  } catch (error) {
    await tearDown();
    throw error;
  }
  project.provide('testTemplate', { kind: 'postgresql', serverUrl: server.url, template });
  return tearDown;
}

/** Prepares the template of the project's own database, once per run; the other database is left alone. */
export function setup(project: TestProject): Promise<TearDown> {
  return project.config.env.TEST_DATABASE === 'postgresql' ? templateDatabase(project) : dumpTemplate(project);
}
