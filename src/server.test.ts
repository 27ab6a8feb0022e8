import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listTicketTypes } from '#contract/ticket-types.ts';
import { makeTestCertificate } from '#gateway/testing.certificate.ts';
import { buildTestDashboard } from '#gateway/testing.ts';
import { parseConfig } from './config.ts';
import { type RunningServer, startServer } from './start-server.ts';
import { TestBrowser, testSettings } from './testing.ts';

let folder: string;
let dashboardDir: string;
let server: RunningServer;
/** Signed in as someone who may do everything. */
let owner: TestBrowser;

/** Settings of a server of its own, on the database of this run. */
const settings = (dataDir: string) => testSettings(path.join(folder, dataDir));

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'deskbell-server-'));
  dashboardDir = await buildTestDashboard();
  server = await startServer(parseConfig(await settings('shared')), { dashboardDir });
  owner = new TestBrowser(server.urls.dashboard);
  await owner.ask('POST', '/gateway/sign-in/demo', { role: 'owner' });
}, 60_000);
afterAll(async () => {
  await server.stop();
  await rm(dashboardDir, { recursive: true });
  await rm(folder, { recursive: true });
}, 60_000);

/** Sends bytes as they are, and once they are gone returns all that comes back until the connection ends. */
async function exchange(bytes: string, url = server.urls.dashboard, ca?: string): Promise<string> {
  const { hostname: host, port, protocol } = new URL(url);
  const isTls = protocol === 'https:';
  const socket = isTls
    ? connectTls({ host, port: Number(port), ca, servername: 'desk.example.com' })
    : connect(Number(port), host);
  socket.setTimeout(5_000, () => socket.destroy(new Error('no answer')));
  if (!socket.write(bytes, 'latin1')) await once(socket, 'drain');
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const get = (target: string, headers = 'Host: 127.0.0.1\r\n') =>
  exchange(`GET ${target} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);

describe('from the browser to the database', () => {
  test('a ticket type is created through the gateway, and found in the list and in the workspace', async () => {
    const { workspace } = server.urls;
    const created = await owner.ask('POST', '/api/ticket_types', { name: 'Parcel lost', icon: '📦' });
    expect(created.status).toBe(200);

    const listed = await owner.ask('GET', '/api/ticket_types');
    const { data } = listTicketTypes.response.parse(listed.body);
    expect(data.map(({ name }) => name)).toContain('Parcel lost');
    expect(data.length).toBeGreaterThan(5);

    const token = (await readFile(path.join(folder, 'shared/workspace-token'), 'utf8')).trim();
    const direct = await fetch(`${workspace}/ticket_types`, { headers: { Authorization: `Bearer ${token}` } });
    expect(await direct.json()).toEqual(JSON.parse(JSON.stringify({ type: 'list', data })));
    expect((await fetch(`${workspace}/ticket_types`)).status).toBe(401);
  });

  test('a write that someone else was quicker with is refused', async () => {
    const { data } = listTicketTypes.response.parse((await owner.ask('GET', '/api/ticket_types')).body);
    const before = new Date(((data[0]?.updated_at ?? 0) - 1) * 1000).toUTCString();
    const since = { 'If-Unmodified-Since': before };
    const answer = await owner.ask('PUT', `/api/ticket_types/${data[0]?.id}`, { name: 'Mine' }, since);
    expect([answer.status, answer.code]).toEqual([412, 'resource_conflict']);
  });

  test('the page comes with its headers, and the server is ready', async () => {
    const page = await owner.ask('GET', '/');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.text).toContain('Deskbell');
    const ready = await fetch(`${server.urls.dashboard}/readyz`);
    expect(await ready.json()).toEqual({ status: 'ready', database: 'ok', upstream: 'ok' });
  });

  test('the token stands in a file of its owner, and in no answer', async () => {
    const file = path.join(folder, 'shared/workspace-token');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const token = (await readFile(file, 'utf8')).trim();
    for (const path of ['/', '/api/me', '/api/none', '/gateway/about', '/healthz', '/readyz']) {
      const { headers, text } = await owner.ask('GET', path);
      expect(JSON.stringify([...headers]) + text).not.toContain(token);
    }
  });
});

test('the page comes over https to who asks for its public name, and to nobody else', async () => {
  const { cert, key } = makeTestCertificate('desk.example.com');
  const tls = { TLS_CERT_FILE: path.join(folder, 'page-cert.pem'), TLS_KEY_FILE: path.join(folder, 'page-key.pem') };
  await writeFile(tls.TLS_CERT_FILE, cert);
  await writeFile(tls.TLS_KEY_FILE, key);
  const edge = { HOST: '0.0.0.0', PUBLIC_URL: 'https://desk.example.com', ...tls };
  const config = parseConfig({ ...(await settings('page')), ...edge });
  const secure = await startServer(config, { dashboardDir });
  expect(secure.urls.dashboard).toMatch(/^https:\/\/0\.0\.0\.0:\d+$/);
  const url = secure.urls.dashboard.replace('0.0.0.0', '127.0.0.1');
  const open = (host: string) =>
    exchange(`GET /sign-in HTTP/1.1\r\nHost: ${host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n`, url, cert);
  const page = await open('desk.example.com');
  expect(page).toMatch(/^HTTP\/1\.1 200 /);
  expect(page).toContain('<body>Deskbell');
  expect(await open('127.0.0.1')).toMatch(/^HTTP\/1\.1 421 /);
  expect(secure.urls.workspace).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await secure.stop();
}, 120_000);

describe('what comes over the wire', () => {
  test.each([
    '//api/ticket_types',
    '/api//ticket_types',
    '/api/./ticket_types',
    '/./api/ticket_types',
    '/api/../api/ticket_types',
    '/x/../api/ticket_types',
    '/api/%2e%2e/api/ticket_types',
    '/api%2fticket_types',
    '/api/%74icket_types',
    '/%61pi/ticket_types',
    '/api/ticket_types;x',
    '/api;x=1/ticket_types',
    '/api/ticket_types/',
    '/api\\ticket_types',
    '/api/ticket_types\\',
    '/API/ticket_types',
    '/api/TICKET_TYPES',
    '/api/ticket_types%00',
    '/api/ticket_types%ED%A0%80',
    '/api/ticket_types%0d%0aX-Injected:1',
    '/api/ticket_types#/',
    '/api/ticket_types\xff',
    'api/ticket_types',
    'http://127.0.0.1/api/ticket_types',
    'http://evil.invalid/api/ticket_types',
    '*',
  ])('%s is no spelling of an operation', async (target) => {
    const signedIn = `Host: 127.0.0.1\r\nCookie: ${owner.cookie}\r\n`;
    expect(await get(target)).toMatch(/^HTTP\/1\.1 (400|401|404) /);
    const answer = await get(target, signedIn);
    expect(answer).toMatch(/^HTTP\/1\.1 (400|404) /);
    expect(answer).not.toContain('"ticket_type"');
    expect(answer).not.toMatch(/^X-Injected/im);
    if (!answer.endsWith('\r\n\r\n')) expect(answer).toContain('"error.list"');
    expect(await get(target, 'Host: 127.0.0.1\r\nAccept: text/html\r\n')).toMatch(/^HTTP\/1\.1 (302|400|401|404) /);
    const typedIn = await get(target, `${signedIn}Accept: text/html\r\n`);
    expect(typedIn).toMatch(/"error\.list"|<body>Deskbell/);
    expect(typedIn).not.toMatch(/"ticket_type"|^X-Injected/im);
    expect((await fetch(`${server.urls.dashboard}/healthz`)).status).toBe(200);
  });

  test.each([
    ['none', ''],
    ['a foreign one', 'Host: evil.invalid\r\n'],
    ['one with a path', 'Host: 127.0.0.1/api\r\n'],
    ['one with a user', 'Host: me@127.0.0.1\r\n'],
    ['a foreign one, whatever a proxy says', 'Host: evil.invalid\r\nX-Forwarded-Host: 127.0.0.1\r\n'],
  ])('as Host %s is refused', async (_, headers) => {
    expect(await get('/api/me', headers)).toMatch(/^HTTP\/1\.1 (400|421) /);
  });

  test('two lengths of one body are refused', async () => {
    const head = 'POST /api/ticket_types HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n';
    const lengths = 'Content-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n';
    const answer = await exchange(`${head}${lengths}0\r\n\r\nGET /api/me HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  const sixMegabytes = ' '.repeat(6 * 1024 * 1024);
  test.each([
    ['with its length', `Content-Length: ${sixMegabytes.length}\r\n\r\n${sixMegabytes}`],
    [
      'chunked',
      `Transfer-Encoding: chunked\r\n\r\n${sixMegabytes.length.toString(16)}\r\n${sixMegabytes}\r\n0\r\n\r\n`,
    ],
  ])('six megabytes %s are refused, and a client that first sends all of them reads so', async (_, body) => {
    const token = (await readFile(path.join(folder, 'shared/workspace-token'), 'utf8')).trim();
    for (const [url, target, headers] of [
      [server.urls.dashboard, '/api/ticket_types', `Sec-Fetch-Site: same-origin\r\nCookie: ${owner.cookie}\r\n`],
      [server.urls.workspace ?? '', '/ticket_types', `Authorization: Bearer ${token}\r\n`],
    ] as const) {
      const head = `POST ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${headers}`;
      const answer = await exchange(`${head}Content-Type: application/json\r\n${body}`, url);
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer).toContain('"request_too_large"');
    }
  });
});

describe('the process', () => {
  const program = path.join(import.meta.dirname, 'server.ts');

  function run(env: Record<string, string>) {
    const child = spawn(process.execPath, ['--import', 'tsx', program], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      said.out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said.err += chunk.toString();
    });
    return { child, said, exited: once(child, 'exit') };
  }

  test('says in one sentence which setting is wrong, and ends', async () => {
    const sentence = /^Deskbell cannot start\. HOST must be [^\n]+ unless PUBLIC_URL is [^\n]+ is set\.\n$/;
    for (const env of [{}, { PUBLIC_URL: 'https://desk.example.com' }, { TRUSTED_PROXY: '10.0.0.1' }]) {
      const { said, exited } = run({ HOST: '0.0.0.0', ...env });
      expect(await exited).toEqual([1, null]);
      expect(said).toEqual({ out: '', err: expect.stringMatching(sentence) });
    }
  }, 60_000);

  test('says which file for https it cannot use, having given the database back', async () => {
    const dataDir = path.join(folder, 'no-tls');
    const tls = { TLS_CERT_FILE: path.join(folder, 'none.pem'), TLS_KEY_FILE: path.join(folder, 'none.pem') };
    const { said, exited } = run({ PORT: '0', WORKSPACE_PORT: '0', DATA_DIR: dataDir, SEED: 'empty', ...tls });
    expect(await exited).toEqual([1, null]);
    expect(said.err).toMatch(/^Deskbell cannot start\. TLS_CERT_FILE must name a file [^\n]+\.\n$/);
    expect((await readdir(dataDir)).filter((name) => name.startsWith('lock-'))).toEqual([]);
  }, 120_000);

  test('serves other machines over https, under its public name alone', async () => {
    const { cert, key } = makeTestCertificate('desk.example.com');
    const tls = { TLS_CERT_FILE: path.join(folder, 'cert.pem'), TLS_KEY_FILE: path.join(folder, 'key.pem') };
    await writeFile(tls.TLS_CERT_FILE, cert);
    await writeFile(tls.TLS_KEY_FILE, key);
    const edge = { HOST: '0.0.0.0', PUBLIC_URL: 'https://desk.example.com', TRUSTED_PROXY: '10.0.0.0/8', ...tls };
    const { child, said, exited } = run({ ...(await settings('edge')), ...edge });
    await Promise.race([once(child.stdout, 'data'), exited]);
    const ready =
      /^Deskbell is ready on https:\/\/0\.0\.0\.0:(\d+), for https:\/\/desk\.example\.com\. (.*)\nNobody can sign in yet\. .* https:\/\/desk\.example\.com\/welcome#[\w-]{43}\n$/;
    expect(said.out).toMatch(ready);
    const [, port, rest] = ready.exec(said.out) ?? [];
    // The workspace's API stays with this machine.
    expect(rest).toMatch(/http:\/\/127\.0\.0\.1:\d+\.$/);

    const url = `https://127.0.0.1:${port}`;
    const ask = (target: string, headers: string) =>
      exchange(`GET ${target} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`, url, cert);
    const own = 'Host: desk.example.com\r\n';
    const health = await ask('/healthz', own);
    expect(health).toMatch(/^HTTP\/1\.1 200 /);
    expect(health).toMatch(/^strict-transport-security: max-age=31536000\r$/im);
    expect(await ask('/healthz', 'Host: 127.0.0.1\r\n')).toMatch(/^HTTP\/1\.1 200 /);

    const spoofed = [
      'X-Forwarded-For: 127.0.0.1',
      'X-Forwarded-Host: desk.example.com',
      'X-Forwarded-Proto: https',
      'X-Forwarded-User: root',
      'X-Original-URL: /healthz',
      'X-Remote-User: root',
      'CF-Connecting-IP: 127.0.0.1',
      'Forwarded: for=127.0.0.1;host=desk.example.com;proto=https',
      '',
    ].join('\r\n');
    for (const host of ['evil.invalid', '127.0.0.1', `0.0.0.0:${port}`, 'localhost']) {
      for (const headers of [`Host: ${host}\r\n`, `Host: ${host}\r\n${spoofed}`]) {
        expect(await ask('/gateway/about', headers)).toMatch(/^HTTP\/1\.1 421 /);
        expect(await ask('/', headers)).toMatch(/^HTTP\/1\.1 421 /);
      }
    }
    const write = (headers: string) =>
      exchange(
        `POST /api/ticket_types HTTP/1.1\r\n${own}${headers}Connection: close\r\nContent-Length: 2\r\n\r\n{}`,
        url,
        cert,
      );
    for (const headers of ['', 'Origin: http://desk.example.com\r\n', `Origin: https://127.0.0.1:${port}\r\n`]) {
      expect(await write(headers)).toMatch(/^HTTP\/1\.1 403 /);
      expect(await write(headers + spoofed)).toMatch(/^HTTP\/1\.1 403 /);
    }
    expect(await write('Origin: https://desk.example.com\r\n')).not.toMatch(/^HTTP\/1\.1 403 /);

    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(said.err).toBe('');
  }, 120_000);

  test('says where it is, and ends with 0 when it is told to', async () => {
    const { child, said, exited } = run(await settings('process'));
    await Promise.race([once(child.stdout, 'data'), exited]);
    expect(said.out).toMatch(/^Deskbell is ready on http:\/\/127\.0\.0\.1:\d+\. .*http:\/\/127\.0\.0\.1:\d+\.\n$/);
    const url = /http:\/\/[\d.:]+\d/.exec(said.out)?.[0] ?? '';
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(said.err).toBe('');
  }, 120_000);

  test('ends at once and says why when another process may have taken its data folder', async () => {
    const dataDir = path.join(folder, 'taken');
    const { child, said, exited } = run({ PORT: '0', WORKSPACE_PORT: '0', DATA_DIR: dataDir, SEED: 'empty' });
    await Promise.race([once(child.stdout, 'data'), exited]);
    const lock = (await readdir(dataDir)).find((name) => name.startsWith('lock-')) ?? '';
    await rm(path.join(dataDir, lock));
    expect(await exited).toEqual([1, null]);
    expect(said.err).toMatch(/^Deskbell stops\. The lock file lock-[^\n]+ was removed or replaced[^\n]+\.\n$/);
    expect(await readdir(dataDir)).not.toContain('backups');
  }, 120_000);
});
