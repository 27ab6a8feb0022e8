import type { Operation, PathParams } from './operation.ts';

/** The header that makes a write conditional: an HTTP date, the `updated_at` that the writer last saw. */
export const unmodifiedSinceHeader = 'If-Unmodified-Since';

/** The path of one request: `fillPath('/teams/{team_id}', { team_id: '7' })` is `/teams/7`. */
export function fillPath<Path extends string>(path: Path, params: PathParams<Path>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent((params as Record<string, string>)[name] ?? ''),
  );
}

/** The query string of the defined values, with its question mark; "" when there is none. */
export function queryString(query: Record<string, unknown> | undefined): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`],
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

const patterns = new WeakMap<Operation, RegExp>();

/**
 * The path parameters with which `pathname` spells `operation`'s path, or undefined. Parameters stay as they stand in
 * the path and may hold letters, digits, `_` and `-` only, so no path has a second spelling.
 */
export function matchPath(operation: Operation, pathname: string): Record<string, string> | undefined {
  let pattern = patterns.get(operation);
  if (!pattern) {
    pattern = new RegExp(`^${operation.path.replace(/\{(\w+)\}/g, '(?<$1>[A-Za-z0-9_-]+)')}$`);
    patterns.set(operation, pattern);
  }
  const match = pattern.exec(pathname);
  return match ? { ...match.groups } : undefined;
}

/** The header under which a create is carried out once, however often it is sent. */
export const idempotencyKeyHeader = 'Idempotency-Key';
