import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import type { TicketType } from '#contract/ticket-types.ts';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json' };

interface Floor {
  readonly url: string;
  close(): Promise<void>;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** F0: the rows as a plain HTML table, nothing else. */
function plainPage(rows: readonly TicketType[]): string {
  const cells = rows.map(({ icon, name, category }) =>
    [icon, name, category ?? ''].map((cell) => `<td>${escaped(cell)}`),
  );
  const table = cells.map((row) => `<tr>${row.join('')}`).join('\n');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Floor</title><table>${table}</table></html>`;
}

/** Serves files from memory, compressed beforehand; a path that is no file gets the page. */
async function serve(files: ReadonlyMap<string, string | Buffer>): Promise<Floor> {
  const compressed = new Map([...files].map(([name, content]) => [name, brotliCompressSync(content)]));
  const server = createServer((incoming, outgoing) => {
    const name = (incoming.url ?? '/').slice(1).replace(/\?.*$/, '');
    const known = compressed.has(name) ? name : 'index.html';
    outgoing.writeHead(200, { 'content-type': types[path.extname(known)] ?? 'text/plain', 'content-encoding': 'br' });
    outgoing.end(compressed.get(known));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has an address with a port.');
  const close = async () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${address.port}`, close };
}

/** F0 and F1, built into `folder` and served, both with the same rows as the product. */
export async function startFloors(rows: readonly TicketType[], folder: string): Promise<{ f0: Floor; f1: Floor }> {
  await build({
    configFile: false,
    root: path.join(import.meta.dirname, 'floor'),
    plugins: [react()],
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true, modulePreload: { polyfill: false } },
  });
  const built = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => path.extname(name) !== '');
  const files = new Map<string, string | Buffer>(
    built.map((name) => [name.replaceAll(path.sep, '/'), readFileSync(path.join(folder, name))]),
  );
  files.set('data.json', JSON.stringify({ type: 'list', data: rows }));
  return { f0: await serve(new Map([['index.html', plainPage(rows)]])), f1: await serve(files) };
}
