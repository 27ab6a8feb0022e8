import { isSearchGroup, problemOfQuery, type SearchQuery, searchLimits } from '#contract/search.ts';

// A list for each part: ["state","=","open"] is a filter, ["&",part,part] a group. The second entry tells them apart.

const signs = { AND: '&', OR: '|' } as const;

type Written = unknown[];

/** A query as short text for an address. `parseQuery` reads it. */
export function formatQuery(query: SearchQuery): string {
  return JSON.stringify(written(query));
}

function written(query: SearchQuery): Written {
  return isSearchGroup(query)
    ? [signs[query.operator], ...query.value.map(written)]
    : [query.field, query.operator, query.value];
}

/** The query that `formatQuery` wrote; undefined for any other text, whatever it is. */
export function parseQuery(text: string): SearchQuery | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const query = read(value, 0);
  return isQuery(query) ? query : undefined;
}

function isQuery(value: unknown): value is SearchQuery {
  return problemOfQuery(value) === undefined;
}

/** Of no certain form yet, but never deeper than a query may be. */
function read(value: unknown, depth: number): unknown {
  if (!Array.isArray(value)) return undefined;
  if (!Array.isArray(value[1])) {
    const [field, operator, compared] = value;
    return value.length === 3 ? { field, operator, value: compared } : undefined;
  }
  const [sign, ...parts] = value;
  const operator = sign === signs.AND ? 'AND' : sign === signs.OR ? 'OR' : undefined;
  if (operator === undefined || depth === searchLimits.depth) return undefined;
  return { operator, value: parts.map((part) => read(part, depth + 1)) };
}
