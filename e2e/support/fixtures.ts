import { randomUUID } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, type Cookie, expect, type Page } from '@playwright/test';
import type { Role } from '#contract/gateway/roles.ts';
import { setUpOwner, signInDemo } from './people.ts';
import { type Server, startServer } from './server.ts';
import { type FaultyUpstream, startFaultyUpstream } from './upstream.ts';
import { connectWorkspace, type WorkspaceApi } from './workspace-api.ts';

interface TestFixtures {
  /** The workspace, for preparing and looking things up. */
  api: WorkspaceApi;
  /** Fails the test when axe finds something on the page as it stands, in light and in dark. */
  expectAccessible: () => Promise<void>;
  /** Whether calls of the dashboard to its own server may be refused: the browser writes each of them to the console. */
  apiMayFail: boolean;
  /** As whom of the demo's accounts the browser is signed in when the test begins; null is nobody. */
  signedInAs: Role | null;
  quietConsole: undefined;
}

interface WorkerFixtures {
  /** The real thing with its embedded workspace, one for each worker. */
  server: Server;
}

// Fresh in each worker, as the worker's server is.
const workspaceToken = `token-${randomUUID()}`;

/** A name that no other test has: `unique('Refund')` is something like "Refund 3f9c1a". */
export function unique(word: string): string {
  return `${word} ${randomUUID().slice(0, 6)}`;
}

// The server's own address, and the name for it that passkeys need.
const ownNames = new Set(['127.0.0.1', 'localhost']);

/** What must not happen: errors in the console, uncaught ones, refusals of the content policy, requests to elsewhere. */
function collectComplaints(page: Page, apiMayFail: boolean): string[] {
  const complaints: string[] = [];
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && !ownNames.has(hostname)) complaints.push(`asked ${hostname} for something`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // The browser reports each refused call, and React and its router what reaches a route's boundary.
    const isRefusedCall =
      /^ApiError:|^React Router caught .* ApiError:/.test(message.text()) ||
      (message.text().startsWith('Failed to load resource') && /\/(api|gateway)\//.test(message.location().url));
    if (message.type() === 'error' && !(apiMayFail && isRefusedCall)) {
      complaints.push(`${message.text()} (${message.location().url})`);
    }
  });
  return complaints;
}

async function expectNoAxeFindings(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The size of targets is in WCAG 2.2 AA but off unless asked for. There are no frames, so the quicker way will do.
    const axe = new AxeBuilder({ page }).options({ rules: { 'target-size': { enabled: true } } }).setLegacyMode();
    // The themes differ in nothing but colours.
    if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block']);
    const { violations } = await axe.analyze();
    const findings = violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary}`),
    );
    expect.soft(findings, `axe in ${colorScheme} at ${page.url()}`).toEqual([]);
  }
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const server = await startServer({ WORKSPACE_TOKEN: workspaceToken });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  api: async ({ server }, use) => use(connectWorkspace(server.workspaceUrl, workspaceToken)),
  signedInAs: ['owner', { option: true }],
  context: async ({ context, server, signedInAs }, use) => {
    if (signedInAs !== null) await signInDemo(context, server.url, signedInAs);
    await use(context);
  },
  page: async ({ page, javaScriptEnabled }, use) => {
    const goto = page.goto.bind(page);
    // A screen drawn by the server is on view before it answers, and these tests are quicker than a person.
    page.goto = async (...parameters) => {
      const response = await goto(...parameters);
      const isAwaited = javaScriptEnabled && parameters[1]?.waitUntil !== 'commit';
      if (isAwaited) await page.waitForFunction(() => document.getElementById('drawn-from') === null);
      return response;
    };
    await use(page);
  },
  expectAccessible: async ({ page }, use) => use(() => expectNoAxeFindings(page)),
  apiMayFail: [false, { option: true }],
  quietConsole: [
    async ({ page, apiMayFail }, use) => {
      const complaints = collectComplaints(page, apiMayFail);
      await use(undefined);
      expect(complaints, 'complaints of the page').toEqual([]);
    },
    { auto: true },
  ],
});

interface FaultyFixtures {
  /** What the gateway talks to: tell it how to fail. It is well again when the test ends. */
  upstream: FaultyUpstream;
}

interface FaultyWorkerFixtures {
  faultyUpstream: FaultyUpstream;
  faultyServer: Server;
  /** The first owner of the faulty server, whom no demo offers. */
  ownerCookies: Cookie[];
}

/** Tests against a server whose upstream is a test double of Intercom, with the same worker's workspace behind it. */
export const faultyTest = test.extend<FaultyFixtures, FaultyWorkerFixtures>({
  faultyUpstream: [
    async ({ server }, use) => {
      const upstream = await startFaultyUpstream(server.workspaceUrl);
      await use(upstream);
      await upstream.close();
    },
    { scope: 'worker' },
  ],
  faultyServer: [
    async ({ faultyUpstream }, use) => {
      const server = await startServer({
        INTERCOM_ACCESS_TOKEN: workspaceToken,
        INTERCOM_BASE_URL: faultyUpstream.url,
      });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  ownerCookies: [
    async ({ browser, faultyServer }, use) => {
      const context = await browser.newContext();
      await setUpOwner(context, faultyServer);
      await use(await context.cookies());
      await context.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ faultyServer }, use) => use(faultyServer.url),
  context: async ({ context, ownerCookies }, use) => {
    await context.addCookies(ownerCookies);
    await use(context);
  },
  upstream: async ({ faultyUpstream }, use) => {
    await use(faultyUpstream);
    faultyUpstream.heals();
  },
  apiMayFail: true,
});

export { expect };
