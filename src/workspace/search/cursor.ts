import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { invalid } from '../http/refusal.ts';

/** The last row of a page: where the next one begins. */
export interface Position {
  sortValue: number;
  id: string;
}

export interface Cursor extends Position {
  /** The number of the page that it leads to. */
  page: number;
}

// Changes with the form of a cursor or the order of rows: older ones are then refused.
const form = 1;
const parts = z.tuple([z.string(), z.int(), z.string(), z.int().check(z.gte(2))]);

/** Tells one search from every other. */
export function fingerprintOf(search: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([form, search]))
    .digest('base64url')
    .slice(0, 16);
}

export function writeCursor(fingerprint: string, { sortValue, id, page }: Cursor): string {
  return Buffer.from(JSON.stringify([fingerprint, sortValue, id, page])).toString('base64url');
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** Throws the refusal of a text that no page of this search gave out. */
export function readCursor(fingerprint: string, text: string, idForm: RegExp): Cursor {
  const read = parts.safeParse(jsonIn(text));
  if (!read.success || read.data[0] !== fingerprint || !idForm.test(read.data[2])) {
    throw invalid('pagination.starting_after', 'is not the cursor of a page of this search');
  }
  const [, sortValue, id, page] = read.data;
  return { sortValue, id, page };
}
