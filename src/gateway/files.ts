import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Context } from 'hono';
import { getMimeType } from 'hono/utils/mime';
import { chooseEncoding, type Encoding } from './encoding.ts';
import type { GatewayEnv } from './gateway-env.ts';

/** One file, in each form that can be sent. */
export interface StoredFile {
  type: string;
  /** Weak: it stands for the content, in whatever encoding. */
  etag: string;
  plain: Uint8Array<ArrayBuffer>;
  encoded: { [Name in Encoding]?: Uint8Array<ArrayBuffer> };
}

const suffixes = { br: '.br', gzip: '.gz' } as const;
const isServed = (file: string) => !/(^|\/)\.|\.(br|gz|map)$/.test(file);

/** The files of a built folder by their URL path. What is not in the folder now will never be served. */
export function openFiles(folder: string): (urlPath: string) => Promise<StoredFile> | undefined {
  const entries = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const files = entries.flatMap((entry) =>
    entry.isFile() ? [path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/')] : [],
  );
  const known = new Set(files);
  const served = new Set(files.filter(isServed));
  const loaded = new Map<string, Promise<StoredFile>>();

  const load = async (file: string): Promise<StoredFile> => {
    const read = async (name: string) => new Uint8Array(await readFile(path.join(folder, name)));
    const encoded: StoredFile['encoded'] = {};
    for (const encoding of ['br', 'gzip'] as const) {
      const sibling = file + suffixes[encoding];
      if (known.has(sibling)) encoded[encoding] = await read(sibling);
    }
    return { ...storedFile(getMimeType(file) ?? 'application/octet-stream', await read(file)), encoded };
  };

  return (urlPath) => {
    const file = urlPath.slice(1);
    if (!served.has(file)) return undefined;
    let loading = loaded.get(file);
    if (loading === undefined) {
      loading = load(file);
      loading.catch(() => loaded.delete(file));
      loaded.set(file, loading);
    }
    return loading;
  };
}

export function storedFile(type: string, plain: Uint8Array<ArrayBuffer>): StoredFile {
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return { type, etag, plain, encoded: {} };
}

export const immutable = 'public, max-age=31536000, immutable';
export const revalidated = 'no-cache';

/** The answer that sends a file, in the best encoding there is; 304 when the browser has it already. */
export function sendFile(c: Context<GatewayEnv>, file: StoredFile, cacheControl: string): Response {
  const headers: Record<string, string> = { 'Cache-Control': cacheControl, ETag: file.etag, Vary: 'Accept-Encoding' };
  const known = c.req.header('if-none-match')?.split(',') ?? [];
  if (known.some((etag) => etag.trim() === file.etag)) return c.body(null, 304, headers);
  const encoding = chooseEncoding(c.req.header('accept-encoding'));
  const encoded = encoding === undefined ? undefined : file.encoded[encoding];
  if (encoding !== undefined && encoded !== undefined) headers['Content-Encoding'] = encoding;
  headers['Content-Type'] = file.type;
  return c.body(encoded ?? file.plain, 200, headers);
}
