import { describe, expect, test } from 'vitest';
import { errorList } from '#contract/errors.ts';
import { about } from '#contract/gateway/about.ts';
import type { Operation } from '#contract/operation.ts';
import { operations } from '#contract/operations.ts';
import { gatewayOn, recordingUpstream } from './testing.gateway.ts';
import { fromOwnPage, testToken } from './testing.ts';

const emptyList = () => Response.json({ type: 'list', data: [] });

/** Nobody of the workspace but the owner of its token. */
function adminsAnswer({ url }: Request): Response | undefined {
  const { pathname } = new URL(url);
  if (pathname === '/admins') return Response.json({ type: 'admin.list', admins: [] });
  return pathname === '/me'
    ? Response.json({ type: 'admin', id: '1', name: 'Token', email: 't@example.com' })
    : undefined;
}

function open(answer?: (request: Request) => Response) {
  const lines: string[] = [];
  const { requests, upstream } = recordingUpstream(answer);
  return { app: gatewayOn(upstream, { lines }), requests, lines };
}

async function codeOf(response: Response): Promise<string> {
  const body = errorList.parse(await response.json());
  expect(body.request_id).toBe(response.headers.get('x-request-id'));
  return body.errors[0]?.code ?? '';
}

describe('what is let through', () => {
  test.each<Operation>(Object.values(operations))('$method $path', async (operation) => {
    const { method, path, version, target, actor } = operation;
    const { app, requests } = open((request) => (actor && adminsAnswer(request)) ?? emptyList());
    const sent = path.replace(/\{\w+\}/g, '42');
    const body = method === 'GET' ? null : '{}';
    const response = await app.request(`/api${sent}`, { method, headers: fromOwnPage, body });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ type: 'list', data: [] });
    // What a write changes is read before it, and whose name it goes under.
    const asWhom = actor?.length === 1 ? ['GET http://workspace/admins', 'GET http://workspace/me'] : [];
    const changed = target ? [`GET http://workspace${target.read.path.replace(/\{\w+\}/g, '42')}`] : [];
    const before = [...asWhom, ...changed];
    expect(requests.map((request) => `${request.method} ${request.url}`)).toEqual([
      ...before,
      `${method} http://workspace${sent}`,
    ]);
    expect(requests.at(-1)?.headers.get('intercom-version')).toBe(version);
    expect(requests.at(-1)?.headers.get('authorization')).toBe(`Bearer ${testToken}`);
  });

  test('HEAD as GET, without the body', async () => {
    const { app, requests } = open();
    const response = await app.request('/api/admins?display_avatar=true', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.text()).toBe('');
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET http://workspace/admins?display_avatar=true',
    ]);
  });

  test('a query that the operation knows, and its condition', async () => {
    const { app, requests } = open();
    await app.request('/api/admins?display_avatar=true');
    const since = 'Sat, 01 Nov 2025 10:00:00 GMT';
    const headers = { ...fromOwnPage, 'If-Unmodified-Since': since };
    await app.request('/api/ticket_types/7', { method: 'PUT', headers, body: '{"name":"Refund"}' });
    expect(requests.map(({ url }) => url)).toEqual([
      'http://workspace/admins?display_avatar=true',
      'http://workspace/ticket_types/7',
      'http://workspace/ticket_types/7',
    ]);
    expect(requests[2]?.headers.get('if-unmodified-since')).toBe(since);
  });

  test('of a body only what the operation knows', async () => {
    const { app, requests } = open();
    const body = '{"name":"Refund","id":"1","workspace_id":"other","created_at":0,"__proto__":{"a":1},"icon":5}';
    await app.request('/api/ticket_types', { method: 'POST', headers: fromOwnPage, body });
    expect(await requests[0]?.json()).toEqual({ name: 'Refund', icon: 5 });
  });

  test('of the headers none but its own', async () => {
    const { app, requests } = open();
    const forged = {
      Authorization: 'Bearer other',
      Cookie: 'a=b',
      Forwarded: 'for=1.2.3.4;host=evil.invalid',
      'X-Forwarded-For': '1.2.3.4',
      'X-Forwarded-Host': 'evil.invalid',
      'X-Forwarded-User': 'root',
      'X-Original-URL': '/api/nothing',
      'X-HTTP-Method-Override': 'PUT',
      'Intercom-Version': '1.0',
    };
    const response = await app.request('/api/me', { headers: forged });
    expect(response.status).toBe(200);
    expect(new Set(requests[0]?.headers.keys())).toEqual(new Set(['accept', 'authorization', 'intercom-version']));
    expect(requests[0]?.headers.get('intercom-version')).toBe('2.11');
  });

  test('of an answer its status, its JSON and the headers that the dashboard reads', async () => {
    const { app } = open(() =>
      Response.json(
        { type: 'error.list', request_id: 'r-1', errors: [{ code: 'rate_limit_exceeded' }] },
        {
          status: 429,
          headers: {
            'X-Request-Id': 'r-1',
            'Retry-After': '7',
            'X-RateLimit-Remaining': '0',
            'Set-Cookie': 'a=b',
            'X-Powered-By': 'Something',
            Server: 'Something',
            Location: 'https://evil.invalid',
          },
        },
      ),
    );
    const response = await app.request('/api/teams');
    expect(response.status).toBe(429);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-request-id': 'r-1',
      'retry-after': '7',
      'x-ratelimit-remaining': '0',
    });
    expect(['set-cookie', 'x-powered-by', 'server', 'location'].filter((name) => response.headers.has(name))).toEqual(
      [],
    );
  });

  test('a large answer compressed, when the browser takes it so', async () => {
    const { app } = open(() => Response.json({ data: 'deskbell '.repeat(1000) }));
    const plain = await app.request('/api/teams');
    expect(plain.headers.get('content-encoding')).toBeNull();
    for (const encoding of ['br', 'gzip']) {
      const response = await app.request('/api/teams', { headers: { 'Accept-Encoding': encoding } });
      expect(response.headers.get('content-encoding')).toBe(encoding);
      expect(response.headers.get('vary')).toBe('Accept-Encoding');
      expect((await response.arrayBuffer()).byteLength).toBeLessThan(500);
    }
  });
});

describe('what is refused', () => {
  test.each([
    ['404 for a path that no operation has', 'GET', '/api/visitors', 404, 'not_found'],
    ['404 for a trailing slash', 'GET', '/api/ticket_types/', 404, 'not_found'],
    ['404 for another case', 'GET', '/api/Ticket_types', 404, 'not_found'],
    ['404 for the prefix alone', 'GET', '/api', 404, 'not_found'],
    ['404 for the gateway’s unknown paths', 'GET', '/gateway/secrets', 404, 'not_found'],
    ['405 for another method', 'DELETE', '/api/ticket_types', 405, 'method_not_allowed'],
    ['405 for HEAD where there is nothing to read', 'HEAD', '/api/ticket_types/7/attributes', 405, undefined],
    ['400 for an unknown parameter', 'GET', '/api/teams?page=1', 400, 'parameter_invalid'],
    [
      '400 for a parameter given twice',
      'GET',
      '/api/admins?display_avatar=true&display_avatar=true',
      400,
      'parameter_invalid',
    ],
    ['400 for a value that is none of its values', 'GET', '/api/admins?display_avatar=yes', 400, 'parameter_invalid'],
  ])('%s', async (_, method, path, status, code) => {
    const { app, requests } = open();
    const response = await app.request(path, { method, headers: fromOwnPage });
    expect(response.status).toBe(status);
    if (code !== undefined) expect(await codeOf(response)).toBe(code);
    expect(requests).toEqual([]);
  });

  test('405 says which methods there are', async () => {
    const response = await open().app.request('/api/ticket_types', { method: 'DELETE', headers: fromOwnPage });
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
    const unread = await open().app.request('/api/ticket_types/7/attributes', { headers: fromOwnPage });
    expect(unread.headers.get('allow')).toBe('POST');
  });

  const large = JSON.stringify({ name: 'x'.repeat(1024 * 1024) });
  const chunked = () =>
    new ReadableStream({
      start(controller) {
        for (let index = 0; index < 6; index += 1) controller.enqueue(new Uint8Array(1024 * 1024).fill(32));
        controller.close();
      },
    });
  test.each([
    ['413 for a large body', large, {}, 413],
    ['413 for a large body that announces no length', chunked(), {}, 413],
    ['413 for a large body that announces a small length', large, { 'Content-Length': '10' }, 413],
    ['415 for a compressed body', '{}', { 'Content-Encoding': 'gzip' }, 415],
    ['415 for a form', 'name=x', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
    ['415 for JSON as text', '{}', { 'Content-Type': 'text/plain' }, 415],
    ['400 for what is no JSON', '{"name":', {}, 400],
    ['400 for nothing', '', {}, 400],
    ['400 for a list', '[]', {}, 400],
    ['400 for what is no UTF-8', new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]), {}, 400],
    ['400 for 200,000 levels', `{"name":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, {}, 400],
    ['400 for a broken condition', '{}', { 'If-Unmodified-Since': 'yesterday' }, 400],
    ['400 for a condition that cannot be kept', '{}', { 'If-Unmodified-Since': 'Sat, 01 Nov 2025 10:00:00 GMT' }, 400],
  ])('%s', async (_, body, headers, status) => {
    const { app, requests } = open();
    // `duplex` is needed for streams and stands in no type of Node 20.
    const init = { method: 'POST', headers: { ...fromOwnPage, ...headers }, body, duplex: 'half' as const };
    const response = await app.request('/api/ticket_types', init);
    expect(response.status).toBe(status);
    await codeOf(response);
    expect(requests).toEqual([]);
  });

  test.each([
    ['no header at all', {}],
    ['another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.invalid' }],
    ['another site in an old browser', { Origin: 'https://evil.invalid' }],
    ['another port of this machine', { 'Sec-Fetch-Site': 'same-site', Origin: 'http://localhost:9999' }],
    ['another scheme at this host', { Origin: 'https://localhost' }],
    ['another scheme at this host, from the same site', { 'Sec-Fetch-Site': 'same-origin', Origin: 'app://localhost' }],
    ['more than an origin', { Origin: 'http://me@localhost/' }],
    ['an opaque origin', { Origin: 'null' }],
    ['a typed address', { 'Sec-Fetch-Site': 'none' }],
    ['headers that contradict each other', { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://evil.invalid' }],
    ['the right origin from another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://localhost' }],
  ])('403 for a write with %s', async (_, headers) => {
    const { app, requests } = open();
    const all = { 'Content-Type': 'application/json', ...headers };
    for (const [method, path] of [
      ['POST', '/api/ticket_types'],
      ['PUT', '/api/ticket_types/1'],
      ['DELETE', '/api/me'],
    ]) {
      const response = await app.request(`${path}`, { method: `${method}`, headers: all, body: '{}' });
      expect(response.status).toBe(403);
      expect(await codeOf(response)).toBe('forbidden');
    }
    expect(requests).toEqual([]);
  });

  test.each([
    { 'Sec-Fetch-Site': 'same-origin' },
    { Origin: 'http://localhost' },
    { Origin: 'http://127.0.0.1:5173', Host: '127.0.0.1:5173' },
    { Origin: 'http://[::1]:8080', Host: '[::1]:8080' },
  ])('nothing of a write with %o', async (own) => {
    const headers = { 'Content-Type': 'application/json; charset=utf-8', ...own };
    const response = await open().app.request('/api/ticket_types', { method: 'POST', headers, body: '{"name":"x"}' });
    expect(response.status).toBe(200);
  });

  test.each(['/api/me', '/gateway/about', '/emoji/data.json', '/emoji/1f39f.svg', '/emoji/sheet.svg?i=1f39f'])(
    '403 for a read of %s that another site causes',
    async (path) => {
      const { app, requests } = open();
      const response = await app.request(path, { headers: { 'Sec-Fetch-Site': 'cross-site' } });
      expect(response.status).toBe(403);
      expect(requests).toEqual([]);
    },
  );

  test.each([
    'evil.invalid',
    'evil.invalid:8080',
    '192.168.1.4:8080',
    'localhost.evil.invalid',
    '127.0.0.1.evil.invalid',
  ])('421 for the host %s, whatever its address is', async (host) => {
    const { app, requests } = open();
    for (const path of ['/api/me', '/gateway/about', '/healthz', '/']) {
      const response = await app.request(path, { headers: { host } });
      expect(response.status).toBe(421);
      expect(await codeOf(response)).toBe('misdirected_request');
    }
    expect(requests).toEqual([]);
  });

  test.each(['localhost:5173', '127.0.0.1:8080', '127.8.8.8', '[::1]:8080', 'LOCALHOST'])(
    'not the host %s',
    async (host) => {
      expect((await open().app.request('/healthz', { headers: { host } })).status).toBe(200);
    },
  );
});

describe('an answer that says nothing', () => {
  const write = { method: 'POST', headers: fromOwnPage, body: '{"name":"Refund"}' };
  test.each([204, 205, 304])('is passed on with status %i, which has no body by rule', async (status) => {
    const { app } = open(() => new Response(null, { status, headers: { 'X-Request-Id': 'r-1' } }));
    for (const response of [await app.request('/api/me'), await app.request('/api/ticket_types', write)]) {
      expect([response.status, await response.text()]).toEqual([status, '']);
      expect(response.headers.get('x-request-id')).toBe('r-1');
    }
  });

  test.each([
    ['a read, refused', '/api/me', {}, 404, 'unusable_answer'],
    ['a read, failed', '/api/me', {}, 503, 'unusable_answer'],
    ['a write, refused', '/api/ticket_types', write, 422, 'unusable_answer'],
    ['a write, failed', '/api/ticket_types', write, 500, 'outcome_unknown'],
  ])('is 502: %s', async (_, path, init, status, code) => {
    const { app } = open(() => new Response(null, { status, headers: { 'X-Request-Id': 'r-1' } }));
    const response = await app.request(path, init);
    expect(response.status).toBe(502);
    expect(response.headers.get('x-request-id')).toBe('r-1');
    expect(await codeOf(response)).toBe(code);
  });

  test.each([
    ['a read', '/api/me', {}, 'unusable_answer'],
    ['a write', '/api/ticket_types', write, 'outcome_unknown'],
  ])('is 502 when its status is none of HTTP: %s', async (_, path, init, code) => {
    const { upstream } = recordingUpstream();
    const body = new TextEncoder().encode('{}');
    const { kind, region } = upstream;
    const app = gatewayOn({ kind, region, send: async () => ({ status: 799, headers: new Headers(), body }) });
    const response = await app.request(path, init);
    expect(response.status).toBe(502);
    expect(await codeOf(response)).toBe(code);
  });
});

describe('failures of the embedded workspace', () => {
  test('a defect is told without its words, and logged with the request id', async () => {
    const { app, lines } = open(() => {
      throw new Error('relation "secrets" does not exist');
    });
    const response = await app.request('/api/me');
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain('relation');
    const requestId = response.headers.get('x-request-id');
    expect(lines.find((line) => line.includes('relation'))).toContain(requestId);
  });
});

describe('own answers', () => {
  test('about says what the upstream is, in the contract’s form', async () => {
    const response = await open().app.request(about.path);
    expect(about.response.parse(await response.json())).toEqual({ upstream: 'embedded', region: null });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('healthz is 200 as long as the process answers', async () => {
    const { upstream } = recordingUpstream(() => new Response(null, { status: 500 }));
    const app = gatewayOn(upstream, { ping: () => Promise.reject(new Error('gone')) });
    expect((await app.request('/healthz')).status).toBe(200);
  });

  test.each([
    ['200 when both answer', 200, async () => {}, { status: 'ready', database: 'ok', upstream: 'ok' }],
    [
      '503 without a database',
      200,
      () => Promise.reject(new Error('gone')),
      { status: 'not ready', database: 'failed', upstream: 'ok' },
    ],
    [
      '200 when the upstream asks for patience',
      429,
      async () => {},
      { status: 'ready', database: 'ok', upstream: 'ok' },
    ],
    ['503 without an upstream', 401, async () => {}, { status: 'not ready', database: 'ok', upstream: 'failed' }],
  ])('readyz is %s', async (_, upstreamStatus, ping, expected) => {
    const { upstream, requests } = recordingUpstream(() => Response.json({}, { status: upstreamStatus }));
    const app = gatewayOn(upstream, { ping });
    const responses = await Promise.all([app.request('/readyz'), app.request('/readyz')]);
    for (const response of responses) {
      expect(response.status).toBe(expected.status === 'ready' ? 200 : 503);
      expect(await response.json()).toEqual(expected);
    }
    expect(requests).toHaveLength(1);
  });
});
