import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from './config.ts';
import { StartError } from './start-error.ts';

/** What the settings hold that must not stand in a log, spelled as in an address and as it is. */
export function secretsOf({ upstream, databaseUrl, mail, oidc, sessionSecret }: Config): Set<string> {
  const addresses = [databaseUrl, mail?.smtpUrl].filter((address) => address !== undefined);
  const passwords = addresses.map((address) => new URL(address).password);
  const token = upstream.kind === 'intercom' ? upstream.token : '';
  const others = [token, oidc?.clientSecret ?? '', sessionSecret ?? ''];
  return new Set([...others, ...passwords, ...passwords.map(decodeURIComponent)].filter((secret) => secret !== ''));
}

/**
 * The secret of that name in the data folder, made at the first call and readable by this user only. Processes that
 * make it at the same time agree on one.
 */
export async function keptSecret(dataDir: string, name: string): Promise<string> {
  const file = path.join(dataDir, name);
  const kept = await readSecret(file);
  if (kept !== undefined) return kept;

  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    // Unlike a rename, a link never replaces what another process has made in the meantime.
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  const made = await readSecret(file);
  if (made === undefined) throw new StartError(`${file} disappeared while Deskbell started: start it again.`);
  return made;
}

async function readSecret(file: string): Promise<string | undefined> {
  try {
    const secret = (await readFile(file, 'utf8')).trim();
    if (secret.length >= 16) return secret;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  throw new StartError(`${file} holds no usable secret: remove it, and Deskbell makes a new one.`);
}

const hasCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code;
