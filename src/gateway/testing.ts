import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

export const testToken = 'tok_3fK9_secret_of_the_gateway';

/** The headers with which our own page sends a write. */
export const fromOwnPage = { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/json' };

export const builtPage = `<!doctype html><html><head><style>body { margin: 0 }</style><script>document.title</script>
<script type="module" src="/assets/main-a1b2.js"></script></head><body>Deskbell<div id="root"></div></body></html>`;

const listPage = 'src/dashboard/features/ticket-types/ticket-type-list-page.tsx';
const testManifest = {
  'index.html': { file: 'assets/main-a1b2.js' },
  _shared: { file: 'assets/shared-c3d4.js', imports: ['index.html'] },
  [listPage]: { file: 'assets/list-e5f6.js', imports: ['_shared', 'index.html'] },
};

/** A folder as the build leaves it. */
export async function buildTestDashboard(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'deskbell-dashboard-'));
  await mkdir(path.join(folder, 'assets'));
  await mkdir(path.join(folder, '.vite'));
  const script = `export const words = ${JSON.stringify('deskbell '.repeat(500))};`;
  const files: Record<string, string | Uint8Array> = {
    'index.html': builtPage,
    'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '.vite/manifest.json': JSON.stringify(testManifest),
    'assets/main-a1b2.js': script,
    'assets/main-a1b2.js.br': brotliCompressSync(script),
    'assets/main-a1b2.js.gz': gzipSync(script),
    'assets/main-a1b2.js.map': '{}',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return folder;
}

type Answerer = (incoming: IncomingMessage, outgoing: ServerResponse, body: string) => void;

export interface TestServer {
  url: string;
  /** What came in, in order, as method, path and body. */
  seen: string[];
  headers: IncomingMessage['headers'][];
  answer: Answerer;
  close(): Promise<void>;
}

/** An HTTP server on the loopback interface that does whatever its `answer` does at the moment. */
export async function startTestServer(): Promise<TestServer> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      test.seen.push(`${incoming.method} ${incoming.url} ${body}`.trim());
      test.headers.push(incoming.headers);
      test.answer(incoming, outgoing, body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('A TCP server has an address with a port.');
  const test: TestServer = {
    url: `http://127.0.0.1:${address.port}`,
    seen: [],
    headers: [],
    answer: (_incoming, outgoing) => void outgoing.end(),
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return test;
}

/** Answers with JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answerer {
  return (_incoming, outgoing) => {
    outgoing.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
  };
}
