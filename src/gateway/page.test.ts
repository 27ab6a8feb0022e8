import { rm } from 'node:fs/promises';
import { brotliDecompressSync, constants, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DrawPage } from '#contract/page.ts';
import { gatewayOn, recordingUpstream } from './testing.gateway.ts';
import { buildTestDashboard, builtPage } from './testing.ts';

let dashboardDir: string;
beforeAll(async () => {
  dashboardDir = await buildTestDashboard();
});
afterAll(() => rm(dashboardDir, { recursive: true }));

const opened = { Accept: 'text/html', 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-Site': 'none' };

function gatewayThatDraws(drawPage: DrawPage, options: { answer?: () => Response; lines?: string[] } = {}) {
  return gatewayOn(recordingUpstream(options.answer).upstream, { ...options, dashboardDir, drawPage });
}

const drawsRows: DrawPage = async () => ({ screen: Promise.resolve({ html: '<p>Rows</p>', data: ['row'] }) });

/** The text of a compressed answer that has not ended. */
const readSoFar = {
  br: (chunks: Uint8Array[]) =>
    brotliDecompressSync(Buffer.concat(chunks), { finishFlush: constants.BROTLI_OPERATION_FLUSH }).toString(),
  gzip: (chunks: Uint8Array[]) => gunzipSync(Buffer.concat(chunks), { finishFlush: constants.Z_SYNC_FLUSH }).toString(),
};

describe('a page that the server can draw', () => {
  test('brings its screen and what it was drawn from', async () => {
    const response = await gatewayThatDraws(drawsRows).request('/ticket-types', { headers: opened });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toBe(
      builtPage.replace(
        '<div id="root"></div>',
        '<div id="root"><p>Rows</p></div><script type="application/json" id="drawn-from">["row"]</script>',
      ),
    );
  });

  test('is kept by nobody, and asks for no data beside itself', async () => {
    const response = await gatewayThatDraws(drawsRows).request('/ticket-types', { headers: opened });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('link')).not.toContain('as=fetch');
  });

  test.each(['br', 'gzip'] as const)(
    'comes compressed as %s, its beginning before its screen is drawn',
    async (encoding) => {
      let finish = (_: undefined) => {};
      const screen = new Promise<undefined>((resolve) => {
        finish = resolve;
      });
      const app = gatewayThatDraws(async () => ({ screen }));
      const response = await app.request('/', { headers: { ...opened, 'Accept-Encoding': encoding } });
      expect(response.headers.get('content-encoding')).toBe(encoding);
      const reader = response.body?.getReader();
      const chunks: Uint8Array[] = [];
      let begun = '';
      for (let read = 0; read < 3 && !begun.endsWith('<div id="root">'); read += 1) {
        chunks.push((await reader?.read())?.value ?? new Uint8Array());
        begun = readSoFar[encoding](chunks);
      }
      expect(begun).toBe(builtPage.split('</div>')[0]);
      finish(undefined);
      await reader?.cancel();
    },
  );

  test('cannot be ended early by what a customer wrote', async () => {
    const data = '</script><script>alert(1)</script>';
    const drawPage: DrawPage = async () => ({ screen: Promise.resolve({ html: '', data }) });
    const page = await (await gatewayThatDraws(drawPage).request('/', { headers: opened })).text();
    expect(page).not.toContain('<script>alert');
    const [, sent = ''] = /id="drawn-from">(.*?)<\/script>/.exec(page) ?? [];
    expect(JSON.parse(sent)).toBe(data);
  });

  test('reads through the same door as the browser', async () => {
    const read: unknown[] = [];
    const app = gatewayThatDraws(
      async (_url, readAddress) => {
        for (const address of ['/api/ticket_types', '/api/nothing', '/gateway/about']) {
          read.push(await readAddress(address));
        }
        return undefined;
      },
      { answer: () => Response.json({ type: 'list', data: [7] }) },
    );
    await app.request('/', { headers: opened });
    expect(read).toMatchObject([
      { status: 200, body: '{"type":"list","data":[7]}' },
      { status: 404, body: expect.stringContaining('not_found') },
      { status: 200, body: expect.stringContaining('embedded') },
    ]);
  });

  test('leads on where its address does', async () => {
    const app = gatewayThatDraws(async () => ({ redirect: '/ticket-types' }));
    const response = await app.request('/', { headers: opened });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/ticket-types']);
  });
});

describe('a page that cannot be drawn', () => {
  const throwing = async () => {
    throw new Error('a component broke');
  };

  test('comes as it was built where the browser draws it', async () => {
    const response = await gatewayThatDraws(async () => undefined).request('/', { headers: opened });
    expect([await response.text(), response.headers.get('cache-control')]).toEqual([builtPage, 'no-cache']);
  });

  test.each<[string, DrawPage]>([
    ['before it began', throwing],
    ['half-way', async () => ({ screen: throwing() })],
  ])('comes without its screen when drawing fails %s, and the log says why', async (_, drawPage) => {
    const lines: string[] = [];
    const response = await gatewayThatDraws(drawPage, { lines }).request('/', { headers: opened });
    expect([response.status, await response.text()]).toEqual([200, builtPage]);
    expect(lines.join()).toContain('a component broke');
  });

  test.each(['iframe', 'empty', 'script'])('is not drawn as %s', async (dest) => {
    const headers = { ...opened, 'Sec-Fetch-Dest': dest };
    const response = await gatewayThatDraws(drawsRows).request('/', { headers });
    expect(await response.text()).toBe(builtPage);
  });
});
