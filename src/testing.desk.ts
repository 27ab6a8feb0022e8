import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect } from 'vitest';
import type { ActivityEntry } from '#contract/gateway/activity.ts';
import type { Person } from '#contract/gateway/people.ts';
import type { Role } from '#contract/gateway/roles.ts';
import { type Browser, openBrowser } from '#gateway/testing.browser.ts';
import { buildTestDashboard } from '#gateway/testing.ts';
import { parseConfig } from './config.ts';
import { type RunningServer, startServer } from './start-server.ts';
import { testSettings } from './testing.ts';

export const testPassword = 'correct horse battery staple';

/** A started Deskbell, and the way to it over HTTP. */
export interface Desk {
  server: RunningServer;
  /** The origin that browsers know it by. */
  origin: string;
  /** What it said on its console. */
  told: string[];
  open(): Browser;
}

const folder = await mkdtemp(path.join(tmpdir(), 'deskbell-desk-'));
const dashboardDir = await buildTestDashboard();
const running = new Set<Desk>();

afterAll(async () => {
  await Promise.all([...running].map(({ server }) => server.stop()));
  await rm(folder, { recursive: true });
  await rm(dashboardDir, { recursive: true });
}, 60_000);

/** Settings for a Deskbell that has no people yet, on a database of its own. */
export async function deskSettings(name: string): Promise<Record<string, string>> {
  return { ...(await testSettings(path.join(folder, name))), SEED: 'empty' };
}

export async function startDesk(settings: Record<string, string>): Promise<Desk> {
  const told: string[] = [];
  const config = parseConfig({ LOG_LEVEL: 'silent', ...settings });
  const server = await startServer(config, { dashboardDir, tell: (line) => void told.push(line) });
  const { dashboard } = server.urls;
  const origin = config.publicUrl ?? dashboard;
  const desk: Desk = { server, origin, told, open: () => openBrowser({ [origin]: dashboard }) };
  running.add(desk);
  return desk;
}

export async function stopDesk(desk: Desk): Promise<void> {
  running.delete(desk);
  await desk.server.stop();
}

/** Asks, and expects the status. */
export async function askFor(
  browser: Browser,
  [method, url]: readonly [string, string],
  options: { body?: unknown; headers?: Record<string, string>; status?: number } = {},
): Promise<unknown> {
  const answer = await browser.ask(method, url, options);
  expect([answer.status, answer.body]).toEqual([options.status ?? 200, expect.anything()]);
  return answer.body === '' ? undefined : answer.json();
}

const tokenOf = (link: string) => new URL(link).hash.slice(1);

/** Follows a link that sets a password; the browser is signed in then. */
export function followLink(browser: Browser, desk: Desk, link: string, others: Record<string, string> = {}) {
  const body = { token: tokenOf(link), password: testPassword, ...others };
  return browser.ask('POST', `${desk.origin}/gateway/links/follow`, { body });
}

/** The browser of the first owner. */
export async function setUpOwner(desk: Desk): Promise<Browser> {
  const browser = desk.open();
  const owner = { name: 'Olga Owner', email: 'olga@example.com' };
  expect((await followLink(browser, desk, desk.server.setUpLink ?? '', owner)).status).toBe(200);
  return browser;
}

export async function invite(
  owner: Browser,
  desk: Desk,
  { email, roles = ['agent'] }: { email: string; roles?: Role[] },
): Promise<{ person: Person; link: string }> {
  const body = { name: `Person of ${email}`, email, roles };
  return (await askFor(owner, ['POST', `${desk.origin}/gateway/people`], { body })) as { person: Person; link: string };
}

/** Invites someone, who sets a password and is signed in. */
export async function welcome(owner: Browser, desk: Desk, given: { email: string; roles?: Role[] }) {
  const { person, link } = await invite(owner, desk, given);
  const browser = desk.open();
  expect((await followLink(browser, desk, link)).status).toBe(200);
  return { person, browser };
}

export async function personOf(owner: Browser, desk: Desk, email: string): Promise<Person | undefined> {
  const { data } = (await askFor(owner, ['GET', `${desk.origin}/gateway/people`])) as { data: Person[] };
  return data.find((person) => person.email === email);
}

/** The newest page of the log. */
export async function entriesOf(owner: Browser, desk: Desk, query = ''): Promise<ActivityEntry[]> {
  const answer = await askFor(owner, ['GET', `${desk.origin}/gateway/activity${query}`]);
  return (answer as { data: ActivityEntry[] }).data;
}

/** Who is signed in there, as an answer of `getSession`; undefined for nobody. */
export async function sessionOf(browser: Browser, desk: Desk) {
  const answer = await browser.ask('GET', `${desk.origin}/gateway/session`);
  if (answer.status === 401) return undefined;
  expect(answer.status).toBe(200);
  return answer.json() as { person: { id: string; email: string; roles: Role[]; has_password: boolean } };
}

export function signIn(browser: Browser, desk: Desk, email: string, password = testPassword) {
  return browser.ask('POST', `${desk.origin}/gateway/sign-in`, { body: { email, password } });
}
