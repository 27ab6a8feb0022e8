import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorList } from '#contract/errors.ts';
import type { createGateway } from './gateway.ts';
import { screens } from './page-hints.ts';
import { gatewayOn, recordingUpstream } from './testing.gateway.ts';
import { buildTestDashboard, builtPage } from './testing.ts';

let dashboardDir: string;
let app: ReturnType<typeof createGateway>;
beforeAll(async () => {
  dashboardDir = await buildTestDashboard();
  app = gatewayOn(recordingUpstream().upstream, { dashboardDir });
});
afterAll(() => rm(dashboardDir, { recursive: true }));

const script = '/assets/main-a1b2.js';
const typedIn = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the page', () => {
  test.each([
    '/',
    '/ticket-types',
    '/ticket-types/7?tab=attributes',
    '/no/such/screen',
    '/no/%3Cx%3E',
    '/%22no%22',
    '/caf%C3%A9/100%25?q=%3Cx%3E',
    '/no|such;screen/',
  ])('stands at %s', async (path) => {
    const response = await app.request(path, { headers: typedIn });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(builtPage);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  test.each([
    '/no/%',
    '/no/%zz',
    '/no/%ED%A0%80',
    '/no/%00',
    '/no/%0d%0aX-Injected:1',
    '/no/%5cx',
    '/no//x',
    '/%61pi/me',
    '/api%2fme',
    '/api;x/me',
    '/API%2fme',
    '/x%2f..%2fapi/me',
  ])('does not stand at %s, which is no address', async (path) => {
    const response = await app.request(path, { headers: typedIn });
    expect(response.status).toBe(400);
    expect(errorList.parse(await response.json()).errors[0]?.code).toBe('bad_request');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('is sent to who asks for a page, and to nobody else', async () => {
    expect((await app.request('/no/%3Cx%3E')).status).toBe(400);
  });

  test('is not sent again to a browser that has it', async () => {
    const etag = (await app.request('/')).headers.get('etag') ?? '';
    const again = await app.request('/', { headers: { 'If-None-Match': `"other", ${etag}` } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    const other = await app.request('/', { headers: { 'If-None-Match': '"other"' } });
    expect(other.status).toBe(200);
  });

  const data = (url: string) => `<${url}>; rel=preload; as=fetch; crossorigin=anonymous`;
  const chunk = (file: string) => `</assets/${file}>; rel=modulepreload`;
  const frame = [data('/gateway/session'), data('/api/me'), data('/gateway/about')];
  const listChunks = ['list-e5f6.js', 'shared-c3d4.js', 'main-a1b2.js'].map(chunk);
  test.each([
    ['/', [...frame, data('/api/ticket_types'), data('/api/admins'), data('/api/teams')]],
    ['/ticket-types?state=archived', [...frame, data('/api/ticket_types'), ...listChunks]],
    ['/ticket-types/7', [...frame, data('/api/ticket_types/7')]],
    ['/people?role=owner', [...frame, data('/gateway/people')]],
    ['/activity?range=7d', frame],
    ['/no/such/screen', frame],
    ['/sign-in?next=/ticket-types', [data('/gateway/sign-in')]],
  ])('names at %s what its screen will ask for', async (address, expected) => {
    const response = await app.request(address, { headers: typedIn });
    expect(response.headers.get('link')?.split(', ')).toEqual(expected);
  });

  test('has hints for pages that exist, each asking for what the gateway lets through', async () => {
    for (const { page, data } of screens) {
      expect(existsSync(page)).toBe(true);
      for (const url of data) expect((await app.request(url.replace(/\{\w+\}/, '7'))).status).toBe(200);
    }
  });

  test('says what to do when it is not built', async () => {
    const unbuilt = await gatewayOn(recordingUpstream().upstream).request('/', { headers: typedIn });
    expect(unbuilt.status).toBe(404);
    expect(await unbuilt.text()).toContain('npm run build');
  });
});

describe('files', () => {
  test.each([
    ['br, gzip', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', null],
  ])('are sent precompressed for "%s"', async (accepted, encoding) => {
    const response = await app.request(script, { headers: { 'Accept-Encoding': accepted } });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('vary')).toBe('Accept-Encoding');
    expect(response.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const size = (await response.arrayBuffer()).byteLength;
    if (encoding === null) expect(size).toBeGreaterThan(4_000);
    else expect(size).toBeLessThan(200);
  });

  test('outside assets are asked for anew', async () => {
    const response = await app.request('/icon.svg');
    expect(response.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  test('have their headers without their content by HEAD', async () => {
    const response = await app.request(script, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('etag')).not.toBeNull();
  });

  test.each([
    '/assets/other-c3d4.js',
    `${script}.map`,
    `${script}.br`,
    '/.vite/manifest.json',
    '/.env',
    '/.git/config',
    '/@fs/etc/passwd',
    '/@vite/client',
    '/src/server.ts',
    '/src/',
    '/node_modules/hono/package.json',
    '/package.json',
    '/api',
    '/gateway',
    '/emoji',
  ])('%s is none of them, and no page', async (path) => {
    const response = await app.request(path, { headers: typedIn });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  });
});

describe('security headers', () => {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

  test('let the page’s own script and style through, and nothing else inline', async () => {
    const policy = (await app.request('/')).headers.get('content-security-policy') ?? '';
    const directives = Object.fromEntries(policy.split('; ').map((directive) => directive.split(/ (.*)/)));
    expect(directives).toEqual({
      'default-src': "'none'",
      'script-src': `'self' ${hash('document.title')}`,
      'style-src': `'self' ${hash('body { margin: 0 }')}`,
      'img-src': "'self' data: https:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'manifest-src': "'self'",
      'form-action': "'self'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    });
  });

  test.each(['/', script, '/api/me', '/api/none', '/healthz', '/emoji/1f39f.svg', '/none.txt'])(
    'are on %s',
    async (path) => {
      const { headers } = await app.request(path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      const telltale = ['server', 'x-powered-by', 'strict-transport-security', 'access-control-allow-origin'];
      expect(telltale.filter((name) => headers.has(name))).toEqual([]);
    },
  );
});
