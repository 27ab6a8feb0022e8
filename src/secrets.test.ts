import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { keptSecret, secretsOf } from './secrets.ts';
import { StartError } from './start-error.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskbell-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('is made once, however many ask for it at the same time, and only its owner may read it', async () => {
  const dataDir = path.join(folder, 'not/yet/there');
  const made = await Promise.all(Array.from({ length: 8 }, () => keptSecret(dataDir, 'token')));
  expect(new Set(made).size).toBe(1);
  expect(made[0]).toMatch(/^[\w-]{43}$/);
  expect(await keptSecret(dataDir, 'token')).toBe(made[0]);
  expect(await keptSecret(dataDir, 'other')).not.toBe(made[0]);
  expect((await readdir(dataDir)).toSorted((a, b) => a.localeCompare(b))).toEqual(['other', 'token']);
  expect((await stat(path.join(dataDir, 'token'))).mode & 0o777).toBe(0o600);
});

test('a damaged one is not replaced in silence', async () => {
  await writeFile(path.join(folder, 'token'), '');
  await expect(keptSecret(folder, 'token')).rejects.toThrow(StartError);
});

test('the settings’ secrets are named for the log, in each spelling that may come into it', () => {
  const config = parseConfig({
    INTERCOM_ACCESS_TOKEN: 'dG9rOmEb',
    DATABASE_URL: 'postgresql://desk:data%2Fbase@db.example/desk',
    SMTP_URL: 'smtps://desk:m%40il@mail.example.com',
    MAIL_FROM: 'desk@example.com',
    PUBLIC_URL: 'https://desk.example.com',
    OIDC_ISSUER: 'https://login.example.com',
    OIDC_CLIENT_ID: 'desk',
    OIDC_CLIENT_SECRET: 'sso-secret',
    SESSION_SECRET: 's'.repeat(32),
  });
  const expected = ['dG9rOmEb', 'data%2Fbase', 'data/base', 'm%40il', 'm@il', 'sso-secret', 's'.repeat(32)];
  expect([...secretsOf(config)].toSorted()).toEqual(expected.toSorted());
  expect(secretsOf(parseConfig({ DATABASE_URL: 'postgresql://desk@db.example/desk' }))).toEqual(new Set());
  expect(secretsOf(parseConfig({}))).toEqual(new Set());
});
