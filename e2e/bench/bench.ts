import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TicketType } from '#contract/ticket-types.ts';
import { startPostgresqlServer } from '#database/testing.server.ts';
import { startServer } from '../support/server.ts';
import { connectWorkspace } from '../support/workspace-api.ts';
import { type Measured, measurePages } from './browser.ts';
import { startFloors } from './floors.ts';
import { type Line, printLines } from './lines.ts';
import { type Load, measureHop, measureLoad, signIn, startBareServer } from './load.ts';

// Measures what Deskbell promises and prints it beside its bar. Times are compared with floors that are measured in
// the same way in the same run, because a time alone says more about the machine than about the program.

const rowCount = 50;
const project = path.resolve(import.meta.dirname, '../..');
const cache = path.join(project, '.cache');
const token = 'bench-token-of-sufficient-length';

async function startTimes(folder: string): Promise<Line[]> {
  const settings = { DATA_DIR: folder, WORKSPACE_TOKEN: token };
  const cold = await startServer(settings);
  await cold.stop();
  const warm = await startServer(settings);
  await warm.stop();
  return [
    { what: 'start, cold with the demo seed', value: cold.startedIn, unit: 'ms', bar: 8_000 },
    { what: 'start, with a data folder', value: warm.startedIn, unit: 'ms', bar: 2_000 },
  ];
}

/** Fills a workspace up to `rowCount` ticket types in use, and returns those. */
async function fill(workspaceUrl: string): Promise<TicketType[]> {
  const api = connectWorkspace(workspaceUrl, token);
  const inUse = async () => (await api.listTicketTypes()).filter(({ archived }) => !archived);
  const { length } = await inUse();
  for (let count = length; count < rowCount; count += 1) await api.createTicketType({ name: `Order ${count}` });
  return inUse();
}

/** The product's load beside a floor's, of which it must reach `share`. */
function loadLines(what: string, product: Load, floor: Load & { name: string; share?: number }): Line[] {
  const { name, perSecond, p50, p99, share } = floor;
  const bar = share === undefined ? {} : { bar: share * perSecond, atLeast: true };
  const against = `${name}: ${Math.round(perSecond)}/s, p50 ${p50}, p99 ${p99} ms`;
  return [
    { what, value: product.perSecond, unit: '/s', against, ...bar },
    { what: `${what}, p50`, value: product.p50, unit: 'ms' },
    { what: `${what}, p99`, value: product.p99, unit: 'ms' },
  ];
}

/** The workspace beside the bare server on the same kind of database, of whose reads it must reach `share`. */
async function workspaceLines(workspaceUrl: string, id: string, share: number, databaseUrl?: string): Promise<Line[]> {
  const database = databaseUrl === undefined ? 'PGlite' : 'PostgreSQL';
  const what = `workspace on ${database}`;
  const name = `bare Hono + ${database}`;
  const bare = await startBareServer(databaseUrl);
  try {
    const list = { path: '/ticket_types' };
    const read = { path: `/ticket_types/${id}`, floorPath: '/ticket_types/7' };
    const body = { name: 'Renamed' };
    const product = (at: string, sent?: unknown) => measureLoad({ url: workspaceUrl + at, token, body: sent });
    const floor = async (at: string, sent?: unknown) => ({
      name,
      ...(await measureLoad({ url: bare.url + at, body: sent })),
    });
    return [
      ...loadLines(`${what}, list of ${rowCount}`, await product(list.path), await floor(list.path)),
      ...loadLines(`${what}, read`, await product(read.path), { ...(await floor(read.floorPath)), share }),
      ...loadLines(`${what}, update`, await product(read.path, body), await floor(read.floorPath, body)),
    ];
  } finally {
    bare.stop();
  }
}

/** The list beside that of Prism, a mock server without a database, where PRISM_URL names one that runs. */
async function prismLines(workspaceUrl: string): Promise<Line[]> {
  const what = `workspace, list of ${rowCount}, beside Prism`;
  const measure = (at: string) => measureLoad({ url: `${at}/ticket_types`, token });
  const product = await measure(workspaceUrl);
  const { PRISM_URL } = process.env;
  if (PRISM_URL === undefined) {
    return [{ what, value: product.perSecond, unit: '/s', against: 'set PRISM_URL to compare' }];
  }
  return loadLines(what, product, { name: 'Prism', ...(await measure(PRISM_URL)), share: 1 });
}

async function postgresqlLines(): Promise<Line[]> {
  const postgresql = await startPostgresqlServer();
  try {
    const server = await startServer({ DATABASE_URL: postgresql.url, WORKSPACE_TOKEN: token });
    try {
      const [row] = await fill(server.workspaceUrl);
      return await workspaceLines(server.workspaceUrl, row?.id ?? '', 0.6, postgresql.url);
    } finally {
      await server.stop();
    }
  } finally {
    await postgresql.stop();
  }
}

function pageLines({ product, f0, f1 }: Record<'product' | 'f0' | 'f1', Measured>): Line[] {
  const near = (value: number) => Math.round(value * 10) / 10;
  return [
    { what: 'first list page, JavaScript', value: product.scriptKilobytes, unit: 'kB', bar: 130 },
    {
      what: 'first list page, everything',
      value: product.kilobytes,
      unit: 'kB',
      against: `F1 ${near(f1.kilobytes)} kB`,
    },
    { what: 'first list page, requests', value: product.requests, unit: '', bar: 12 },
    {
      what: 'first paint, cold',
      value: product.firstPaint,
      unit: 'ms',
      bar: 1.2 * f0.firstPaint,
      against: `F0 ${near(f0.firstPaint)}, F1 ${near(f1.firstPaint)} ms`,
    },
    {
      what: 'rows on screen, cold',
      value: product.rows,
      unit: 'ms',
      bar: 1.1 * f1.rows,
      against: `F1 ${near(f1.rows)} ms`,
    },
    {
      what: 'route change, p95',
      value: product.routeChange,
      unit: 'ms',
      bar: Math.min(100, 1.5 * f1.routeChange),
      against: `F1 ${near(f1.routeChange)} ms`,
    },
    {
      what: 'typing in the filter, p98',
      value: product.typing,
      unit: 'ms',
      bar: Math.min(100, 1.25 * f1.typing),
      against: `F1 ${near(f1.typing)} ms`,
    },
    {
      what: 'heap after the first list',
      value: product.heapMegabytes,
      unit: 'MB',
      bar: 2.5 * f1.heapMegabytes,
      against: `F1 ${near(f1.heapMegabytes)} MB`,
    },
  ];
}

const folder = await mkdtemp(path.join(tmpdir(), 'deskbell-bench-'));
try {
  const lines = await startTimes(path.join(folder, 'start'));
  // Before what takes minutes: without a PostgreSQL it throws at once.
  const onPostgresql = await postgresqlLines();
  const server = await startServer({
    DATA_DIR: path.join(folder, 'data'),
    WORKSPACE_TOKEN: token,
    PERSON_RATE_LIMIT: 'off',
  });
  try {
    const rows = await fill(server.workspaceUrl);
    const id = rows[0]?.id ?? '';

    const { f0, f1 } = await startFloors(rows, path.join(cache, 'floor'));
    const floorApp = { rowLink: 'tbody a', rowPage: 'form input', backLink: 'form a', filter: 'input[type=search]' };
    const productApp = {
      rowLink: 'tbody a[data-row]',
      rowPage: 'main form input[name=name]',
      backLink: 'main a[href="/ticket-types"]',
      filter: 'main input[type=search]',
    };
    const cookie = await signIn(server.url);
    const measured = await measurePages({
      f0: { url: f0.url },
      f1: { url: f1.url, app: floorApp },
      product: { url: `${server.url}/ticket-types`, cookie, app: productApp },
    });
    await f0.close();
    await f1.close();
    lines.unshift(...pageLines(measured));

    const hop = await measureHop(`${server.url}/api/ticket_types/${id}`, `${server.workspaceUrl}/ticket_types/${id}`, {
      token,
      cookie,
    });
    lines.push({ what: 'gateway hop, p50', value: hop, unit: 'ms', bar: 1 });
    lines.push(...(await workspaceLines(server.workspaceUrl, id, 0.8)));
    lines.push(...(await prismLines(server.workspaceUrl)));
  } finally {
    await server.stop();
  }
  lines.push(...onPostgresql);
  printLines(lines);
  await mkdir(cache, { recursive: true });
  await writeFile(path.join(cache, 'bench-results.json'), `${JSON.stringify(lines, undefined, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
