import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabaseUrl, fillTestFolder } from '#database/testing.ts';

const isPglite = process.env.TEST_DATABASE === 'pglite';
const program = path.join(import.meta.dirname, 'seed.ts');
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskbell-seed-'));
  env = { DATA_DIR: folder, ...(isPglite ? {} : { DATABASE_URL: await createTestDatabaseUrl() }) };
  if (isPglite) await fillTestFolder(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function start(args: string[], given: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
    env: { PATH: process.env.PATH, ...env, ...given },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  return { child, said, exited: once(child, 'close') };
}

async function run(args: string[], given?: Record<string, string>) {
  const { said, exited } = start(args, given);
  const [code] = await exited;
  return { code, ...said };
}

test('says how it is used', async () => {
  expect(await run([])).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^--tickets is missing\.\n\nAdds/),
  });
  const wrong = await run(['--tickets', 'many']);
  expect(wrong).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^--tickets must be a whole number up to /),
  });
  const away = await run(['--tickets', '5'], { INTERCOM_ACCESS_TOKEN: 'x' });
  expect(away).toMatchObject({ code: 1, err: expect.stringMatching(/^INTERCOM_ACCESS_TOKEN is set, /) });
}, 60_000);

test('fills a new workspace up to a number, and adds nothing the second time', async () => {
  const first = await run(['--tickets', '420', '--contacts', '310', '--parts-per-ticket', '2']);
  expect(first).toMatchObject({ code: 0, err: '' });
  const last = 'The workspace has 420 tickets and 310 contacts.\n';
  expect(first.out).toMatch(/^310 of 310 contacts\n420 of 420 tickets\n/);
  expect(first.out).toContain(last);
  expect(await run(['--tickets', '420'])).toEqual({ code: 0, out: last, err: '' });
}, 120_000);

test('stops at Ctrl-C after the rows at hand, and goes on the next time', async () => {
  const { child, said, exited } = start(['--tickets', '40420', '--contacts', '310', '--parts-per-ticket', '1']);
  child.stdout.once('data', () => child.kill('SIGINT'));
  expect(await exited).toEqual([130, null]);
  const reached =
    /Stopped: the workspace has ([\d,]+) tickets and 310 contacts\. Run the same command again to go on\.\n$/;
  const number = Number(reached.exec(said.out)?.[1]?.replace(',', ''));
  expect(number).toBeGreaterThan(420);
  expect(number).toBeLessThan(40_420);
  const next = number + 1;
  expect((await run(['--tickets', String(next)])).out).toContain(
    `The workspace has ${new Intl.NumberFormat('en').format(next)} tickets`,
  );
}, 300_000);

const onlyOnPglite = isPglite ? test : () => {};
onlyOnPglite(
  'leaves a folder alone that another process uses',
  async () => {
    const holder = start(['--tickets', '40420', '--parts-per-ticket', '1']);
    await once(holder.child.stdout, 'data');
    const { code, out, err } = await run(['--tickets', '1']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^Process \d+ already uses the data folder [^\n]+: stop it first, or set DATA_DIR [^\n]+\.\n$/);
    holder.child.kill('SIGINT');
    await holder.exited;
  },
  300_000,
);
