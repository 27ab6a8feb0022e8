import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { gatewayOn, recordingUpstream } from './testing.gateway.ts';
import { buildTestDashboard } from './testing.ts';

const desk = 'https://desk.example.com';

/** A gateway under the public name, or without one under those of this machine, and how it is asked. */
function open(publicUrl: string | undefined) {
  const { requests, upstream } = recordingUpstream();
  const app = gatewayOn(upstream, { publicUrl });
  const origin = publicUrl ?? 'http://localhost:8080';
  const { host } = new URL(origin);
  const ask = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
    app.request(path, { ...init, headers: { host, ...init.headers } });
  return { ask, origin, requests };
}

/** Headers that a proxy might set and anyone can send. */
const forwarded = (host: string, proto: string) => ({
  Forwarded: `for=127.0.0.1;host=${host};proto=${proto}`,
  'X-Forwarded-For': '127.0.0.1',
  'X-Forwarded-Host': host,
  'X-Forwarded-Server': host,
  'X-Forwarded-Proto': proto,
  'X-Forwarded-Scheme': proto,
  'X-Forwarded-Port': '443',
  'X-Forwarded-Uri': '/healthz',
  'X-Forwarded-User': 'root',
  'X-Original-URL': '/healthz',
  'X-Rewrite-URL': '/healthz',
  'X-Original-Host': host,
  'X-Host': host,
  'CF-Connecting-IP': '127.0.0.1',
  'X-Remote-User': 'root',
  'X-HTTP-Method-Override': 'GET',
});

describe.each([undefined, desk])('what another site makes the browser send, with PUBLIC_URL %s', (publicUrl) => {
  const json = '{"name":"Forged"}';
  const form = new URLSearchParams({ name: 'Forged' }).toString();
  const multipart = '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nForged\r\n--x--\r\n';
  const post = '/api/ticket_types';
  const forms: [string, string, string, string | undefined, string | undefined][] = [
    ['a form', 'POST', post, 'application/x-www-form-urlencoded', form],
    ['a form with files', 'POST', post, 'multipart/form-data; boundary=x', multipart],
    ['a form of text', 'POST', post, 'text/plain', 'name=Forged'],
    ['a body without a type', 'POST', post, undefined, json],
    ['JSON', 'POST', post, 'application/json', json],
    ['JSON as text', 'POST', post, 'text/plain', json],
    ['PUT', 'PUT', `${post}/1`, 'application/json', json],
    ['DELETE', 'DELETE', '/api/me', undefined, undefined],
    ['GET that would be a write', 'GET', `${post}?_method=POST&name=Forged`, undefined, undefined],
  ];
  const evil = { Origin: 'https://evil.invalid' };
  const senders: [string, Record<string, string>][] = [
    ['another site', { ...evil, 'Sec-Fetch-Site': 'cross-site' }],
    ['another site in an old browser', evil],
    ['another site without an origin', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another host of the site', { Origin: 'https://evil.example.com', 'Sec-Fetch-Site': 'same-site' }],
    ['another host of the site without an origin', { 'Sec-Fetch-Site': 'same-site' }],
    ['a sandbox', { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }],
    ['a sandbox in an old browser', { Origin: 'null' }],
    ['nobody', {}],
    ['another site, which says that a proxy said otherwise', { ...evil, ...forwarded('desk.example.com', 'https') }],
  ];
  const matrix = forms.flatMap((form) => senders.map((sender) => [form[0], sender[0], form, sender] as const));

  test.each(matrix)(
    '%s from %s: 403, and nothing happens',
    async (_, __, [, method, path, type, body], [, headers]) => {
      const { ask, requests } = open(publicUrl);
      const all = { Cookie: 'session=live', ...(type !== undefined && { 'Content-Type': type }), ...headers };
      // A text would get a type of its own.
      const bytes = body === undefined ? null : new TextEncoder().encode(body);
      const response = await ask(path, { method, headers: all, body: bytes });
      // Whoever reads with no browser at all does no harm: a GET has no effect and gets 400 for its parameters.
      expect(response.status).toBe(method === 'GET' && Object.keys(headers).length === 0 ? 400 : 403);
      expect(requests).toEqual([]);
    },
  );

  test.each<[string, Record<string, string>]>([
    ['the browser’s word', { 'Sec-Fetch-Site': 'same-origin' }],
    ['its origin', {}],
  ])('while its own page writes by %s', async (_, headers) => {
    const { ask, origin, requests } = open(publicUrl);
    const own = { 'Content-Type': 'application/json', ...(Object.keys(headers).length ? headers : { Origin: origin }) };
    expect((await ask(post, { method: 'POST', headers: own, body: json })).status).toBe(200);
    expect(requests).toHaveLength(1);
  });
});

describe('the public origin', () => {
  const write = (Origin: string, host = 'desk.example.com') => ({
    method: 'POST',
    headers: { host, 'Content-Type': 'application/json', Origin },
    body: '{"name":"x"}',
  });

  test.each([
    'http://desk.example.com',
    'https://desk.example.com:8443',
    'https://desk.example.com.',
    'https://DESK.example.com',
    'https://www.desk.example.com',
    'https://desk.example.com/',
    'http://localhost:8080',
    'http://127.0.0.1',
  ])('is not %s', async (origin) => {
    expect((await open(desk).ask('/api/ticket_types', write(origin))).status).toBe(403);
  });

  test('is said by a page whose host was spelled with the port', async () => {
    const { ask } = open(desk);
    expect((await ask('/api/ticket_types', write(desk, 'desk.example.com:443'))).status).toBe(200);
  });

  test.each(['desk.example.com', 'DESK.example.com', 'desk.example.com:443'])('has the host %s', async (host) => {
    const { ask } = open(desk);
    for (const path of ['/api/me', '/healthz', '/readyz', '/gateway/about']) {
      expect((await ask(path, { headers: { host } })).status).toBe(200);
    }
  });

  test.each([
    'localhost',
    'localhost:8080',
    '127.0.0.1:8080',
    '[::1]',
    'desk.example.com:8443',
    'desk.example.com:80',
    'desk.example.com.',
    'desk.example.com.evil.invalid',
    'evil.invalid',
    '192.168.1.4',
    'desk.example.com@evil.invalid',
  ])('has not the host %s, whatever proxies say', async (host) => {
    const { ask, requests } = open(desk);
    for (const headers of [{ host }, { ...forwarded('desk.example.com', 'https'), host }]) {
      for (const path of ['/api/me', '/gateway/about', '/emoji/data.json', '/', '/healthz/']) {
        expect((await ask(path, { headers })).status).toBe(421);
      }
    }
    expect(requests).toEqual([]);
  });

  test.each(['localhost:8080', '127.0.0.1:8080', '127.0.0.1', '[::1]:8080'])(
    'lets %s ask for health and nothing else',
    async (host) => {
      const { ask } = open(desk);
      for (const path of ['/healthz', '/readyz']) expect((await ask(path, { headers: { host } })).status).toBe(200);
    },
  );

  test.each(['evil.invalid', '10.0.0.1:8080'])('does not let %s ask for health', async (host) => {
    const { ask } = open(desk);
    for (const path of ['/healthz', '/readyz']) expect((await ask(path, { headers: { host } })).status).toBe(421);
  });

  test('is asked under a name with a port where it has one', async () => {
    const { ask } = open('https://desk.example.com:8443');
    expect((await ask('/api/me', { headers: { host: 'desk.example.com:8443' } })).status).toBe(200);
    expect((await ask('/api/me', { headers: { host: 'desk.example.com' } })).status).toBe(421);
    expect((await ask('/api/me', { headers: { host: 'desk.example.com:443' } })).status).toBe(421);
  });

  test('changes nothing for its own page, whatever proxies say', async () => {
    const { ask } = open(desk);
    const headers = { ...forwarded('evil.invalid', 'http'), 'Sec-Fetch-Site': 'same-origin' };
    expect((await ask('/api/me', { headers })).status).toBe(200);
    expect(await (await ask('/healthz', { headers })).json()).toEqual({ status: 'ok' });
  });

  test('is read by the page’s own drawing', async () => {
    const dashboardDir = await buildTestDashboard();
    const { upstream } = recordingUpstream();
    const seen: number[] = [];
    const app = gatewayOn(upstream, {
      dashboardDir,
      publicUrl: desk,
      drawPage: async (_url, read) => {
        seen.push((await read('/api/ticket_types')).status);
        return undefined;
      },
    });
    await app.request('/', { headers: { host: 'desk.example.com', accept: 'text/html' } });
    expect(seen).toEqual([200]);
    await rm(dashboardDir, { recursive: true });
  });
});

describe.each([undefined, desk])('the way back from single sign-on, with PUBLIC_URL %s', (publicUrl) => {
  const callback = '/gateway/sso/callback/oidc?code=1&state=2';
  const navigation = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };

  test.each(['cross-site', 'same-site', 'none', 'same-origin'])('is open to a navigation (%s)', async (site) => {
    const { ask } = open(publicUrl);
    expect((await ask(callback, { headers: { ...navigation, 'Sec-Fetch-Site': site } })).status).toBe(302);
  });

  test.each<[string, string, string, Record<string, string>]>([
    ['a script', 'GET', callback, { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' }],
    ['a script that asks for nothing', 'GET', callback, { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'empty' }],
    ['a script that names a document', 'GET', callback, { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'document' }],
    ['an image', 'GET', callback, { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' }],
    ['a frame', 'GET', callback, { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' }],
    ['a form', 'POST', callback, { ...navigation, Origin: 'https://evil.invalid' }],
    ['a form without an origin', 'POST', callback, navigation],
    ['HEAD', 'HEAD', callback, navigation],
    ['a navigation that says another origin', 'GET', callback, { ...navigation, Origin: 'https://evil.invalid' }],
    ['a navigation elsewhere', 'GET', '/gateway/about', navigation],
    ['a navigation below', 'GET', '/gateway/sso/callback/oidc/x', navigation],
    ['a navigation beside', 'GET', '/gateway/sso', navigation],
    ['a navigation to the API', 'GET', '/api/me', navigation],
    ['a navigation that names it otherwise', 'GET', '/api/me', { ...navigation, 'X-Original-URL': callback }],
  ])('is closed to %s from another site', async (_, method, path, headers) => {
    const { ask } = open(publicUrl);
    const response = await ask(path, { method, headers: { 'Sec-Fetch-Site': 'cross-site', ...headers } });
    expect(response.status).toBe(403);
  });
});

describe('the promise to stay with https', () => {
  test.each([
    [desk, 'max-age=31536000'],
    ['https://desk.example.com:8443', 'max-age=31536000'],
    ['http://localhost:8080', null],
    ['https://localhost:8443', null],
    [undefined, null],
  ])('under %s is %s', async (publicUrl, expected) => {
    const { ask } = open(publicUrl);
    for (const path of ['/healthz', '/api/me', '/none', '/']) {
      expect((await ask(path)).headers.get('strict-transport-security')).toBe(expected);
    }
    const misdirected = await ask('/', { headers: { host: 'evil.invalid' } });
    expect(misdirected.headers.get('strict-transport-security')).toBe(expected);
  });
});
