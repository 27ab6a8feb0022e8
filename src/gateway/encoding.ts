import { PassThrough, type Transform } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib';
import { parseAccept } from 'hono/utils/accept';

export type Encoding = 'br' | 'gzip';

const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) };
const smallest = 1024;
const quick = 4;

/** The best encoding that an `Accept-Encoding` header allows; undefined for none. */
export function chooseEncoding(header: string | undefined): Encoding | undefined {
  if (header === undefined) return undefined;
  const accepted = new Set(parseAccept(header).flatMap(({ type, q }) => (q > 0 ? [type.toLowerCase()] : [])));
  return accepted.has('br') ? 'br' : accepted.has('gzip') ? 'gzip' : undefined;
}

/** Compressed for one answer, or undefined where that is not worth it. `quality` is brotli's. */
export async function compress(
  body: Uint8Array,
  encoding: Encoding | undefined,
  quality = quick,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (encoding === undefined || body.byteLength < smallest) return undefined;
  const compressed = encoding === 'br' ? await compressors.br(body, brotliOf(quality)) : await compressors.gzip(body);
  return new Uint8Array(compressed);
}

/** Compresses what is written to it; what was written before a `flush` can be read after it. */
export function compressor(encoding: Encoding | undefined): Transform & { flush(): void } {
  if (encoding === 'br') return createBrotliCompress(brotliOf(quick));
  if (encoding === 'gzip') return createGzip();
  return Object.assign(new PassThrough(), { flush: () => {} });
}

function brotliOf(quality: number) {
  return { params: { [constants.BROTLI_PARAM_QUALITY]: quality } };
}
