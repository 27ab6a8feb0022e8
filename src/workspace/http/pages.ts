import type * as z from 'zod/mini';
import { maximumPageSize } from '#contract/search.ts';
import { invalid } from './refusal.ts';

/** The size of a page: what is asked for, within what the API allows. */
export function pageSize(asked: string | number | undefined, usual: number): number {
  return Math.min(Math.max(Number(asked ?? usual), 1), maximumPageSize);
}

/** Where in a list the next page begins, as clients get to see it: opaque, for ever, of the values of a sort position. */
export function encodeCursor(position: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The position that `encodeCursor` made `cursor` of. Throws the refusal for any other text. */
export function decodeCursor<Schema extends z.ZodMiniType>(schema: Schema, cursor: string): z.output<Schema> {
  const read = () => {
    try {
      return JSON.parse(Buffer.from(cursor, 'base64url').toString());
    } catch {
      return undefined;
    }
  };
  const position = schema.safeParse(read());
  if (!position.success) throw invalid('starting_after', 'is invalid');
  return position.data;
}
