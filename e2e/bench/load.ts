import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { median } from './statistics.ts';

const run = promisify(execFile);
const autocannon = path.resolve(import.meta.dirname, '../../node_modules/autocannon/autocannon.js');
const report = z.object({
  requests: z.object({ average: z.number() }),
  latency: z.object({ p50: z.number(), p99: z.number() }),
  non2xx: z.number(),
  errors: z.number(),
});

export interface Load {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

interface Target {
  readonly url: string;
  readonly token?: string;
  /** Sent as PUT when given. */
  readonly body?: unknown;
}

/** What ten connections get out of a target in five seconds, after one second that does not count. Refusals throw. */
export async function measureLoad({ url, token, body }: Target): Promise<Load> {
  const headers = [
    ...(token === undefined ? [] : ['-H', `authorization=Bearer ${token}`]),
    ...(body === undefined ? [] : ['-m', 'PUT', '-H', 'content-type=application/json', '-b', JSON.stringify(body)]),
  ];
  const parameters = ['--json', '-c', '10', '-d', '5', '-W', '[', '-c', '10', '-d', '1', ']', ...headers, url];
  const { stdout } = await run(process.execPath, [autocannon, ...parameters], { timeout: 60_000, maxBuffer: 2 ** 24 });
  const { requests, latency, non2xx, errors } = report.parse(JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1)));
  if (non2xx + errors > 0) throw new Error(`${url} refused ${non2xx} requests and broke off ${errors}.`);
  return { perSecond: requests.average, p50: latency.p50, p99: latency.p99 };
}

/** Starts the bare server beside, on PostgreSQL when there is a URL of one; the returned function ends it. */
export async function startBareServer(databaseUrl?: string): Promise<{ url: string; stop: () => void }> {
  const program = path.join(import.meta.dirname, 'bare-server.ts');
  const parameters = ['--import', 'tsx', program, ...(databaseUrl === undefined ? [] : [databaseUrl])];
  const child = spawn(process.execPath, parameters, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data', { signal: AbortSignal.timeout(30_000) });
  return { url: `http://127.0.0.1:${String(line).trim()}`, stop: () => child.stdin.end() };
}

/** The cookie of someone whom the demo lets in. */
export async function signIn(gateway: string): Promise<string> {
  const answer = await fetch(`${gateway}/gateway/sign-in/demo`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
    body: JSON.stringify({ role: 'owner' }),
  });
  const [cookie = ''] = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
  if (!answer.ok || cookie === '') throw new Error(`Signing in was answered with ${answer.status}.`);
  return cookie;
}

async function timeOf(url: string, headers: Record<string, string>): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(url, { headers });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}.`);
  return performance.now() - startedAt;
}

/** Milliseconds that the gateway adds at the median, session and role check included. The two ways take turns, so that both see the same machine. */
export async function measureHop(
  gateway: string,
  workspace: string,
  { token, cookie }: { token: string; cookie: string },
): Promise<number> {
  const direct: number[] = [];
  const throughGateway: number[] = [];
  for (let round = 0; round < 1_500; round += 1) {
    const times = [await timeOf(workspace, { authorization: `Bearer ${token}` }), await timeOf(gateway, { cookie })];
    // The first rounds warm both up.
    if (round >= 500) [direct, throughGateway].forEach((list, index) => void list.push(times[index] ?? Number.NaN));
  }
  return median(throughGateway) - median(direct);
}
