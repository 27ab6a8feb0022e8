import * as z from 'zod/mini';
import { requiredMessage } from './fields.ts';

/** How a field is compared: `~` contains, `!~` does not, `^` starts with, `$` ends with; IN and NIN take a list. */
export const searchOperators = ['=', '!=', 'IN', 'NIN', '<', '<=', '>', '>=', '~', '!~', '^', '$'] as const;
export type SearchOperator = (typeof searchOperators)[number];

/** Groups within groups, filters in one group, values in one list. The last is ours: the API documents none. */
export const searchLimits = { depth: 2, filters: 15, values: 500 } as const;

/** The most results on one page of a list or search. */
export const maximumPageSize = 150;

export type SearchScalar = string | number | boolean;

/** One condition. Null stands for "not set", with = and != only. */
export interface SearchFilter {
  field: string;
  operator: SearchOperator;
  value: SearchScalar | SearchScalar[] | null;
}

/** Conditions of which all, or any one, must hold. */
export interface SearchGroup {
  operator: 'AND' | 'OR';
  value: SearchQuery[];
}

export type SearchQuery = SearchFilter | SearchGroup;

export function isSearchGroup(query: SearchQuery): query is SearchGroup {
  return query.operator === 'AND' || query.operator === 'OR';
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): value is SearchScalar =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

/** Where a query is wrong, as the keys that lead there from the query, and what is to be said of that place. */
export interface QueryProblem {
  path: (string | number)[];
  message: string;
}

type Place = QueryProblem['path'];

function problemOfFilter({ field, operator, value }: Record<string, unknown>, place: Place): QueryProblem | undefined {
  const at = (key: string, message: string) => ({ path: [...place, key], message });
  if (typeof field !== 'string' || field === '') return at('field', requiredMessage);
  if (!(searchOperators as readonly unknown[]).includes(operator)) return at('operator', 'is invalid');
  if (operator === 'IN' || operator === 'NIN') {
    if (!Array.isArray(value) || value.length === 0 || !value.every(isScalar)) {
      return at('value', `must be a list of values for the operator ${operator}`);
    }
    return value.length > searchLimits.values
      ? at('value', `may have at most ${searchLimits.values} values`)
      : undefined;
  }
  const canBeNull = operator === '=' || operator === '!=';
  return isScalar(value) || (value === null && canBeNull) ? undefined : at('value', 'is invalid');
}

function problemAt(query: unknown, depth: number, place: Place): QueryProblem | undefined {
  if (!isRecord(query)) return { path: place, message: 'is invalid' };
  const { operator, value } = query;
  if (operator !== 'AND' && operator !== 'OR') return problemOfFilter(query, place);
  if (depth === searchLimits.depth) {
    return { path: place, message: `is nested too deeply: groups may be ${searchLimits.depth} deep` };
  }
  const at = [...place, 'value'];
  if (!Array.isArray(value) || value.length === 0) return { path: at, message: 'must be a list of filters' };
  if (value.length > searchLimits.filters) {
    return { path: at, message: `may have at most ${searchLimits.filters} filters` };
  }
  for (const [index, part] of value.entries()) {
    const problem = problemAt(part, depth + 1, [...at, index]);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The first thing that is wrong with the form of a query; undefined when nothing is. */
export function problemOfQuery(query: unknown): QueryProblem | undefined {
  return problemAt(query, 0, []);
}

/** A query of the right form. Whether its fields exist and its values fit them is for whoever answers it to say. */
export const searchQuery = z.custom<SearchQuery>().check((context) => {
  const problem = problemOfQuery(context.value);
  if (problem !== undefined) context.issues.push({ code: 'custom', input: context.value, ...problem });
});

export const sortOrders = ['ascending', 'descending'] as const;

/** The body of a search. `per_page` is clamped to 1 … 150; the cursor is the one that a page of the same search gave. */
export const searchBody = z.object({
  query: searchQuery,
  pagination: z.optional(
    z.object({ per_page: z.optional(z.int()), starting_after: z.optional(z.nullable(z.string())) }),
  ),
  /** `order` is one of `sortOrders`; whoever answers has an error of its own for others. */
  sort: z.optional(z.object({ field: z.string(), order: z.optional(z.string()) })),
  /**
   * An addition of the embedded workspace, which others ignore: `exact` counts every match, however long that takes.
   * Otherwise counts that would have to look at more than ten thousand rows are estimated.
   */
  count: z.optional(z.enum(['bounded', 'exact'])),
});

/** The `pages` of a list that is read by cursor. `next` is absent, or null, on the last page. */
export const cursorPages = z.object({
  type: z.literal('pages'),
  page: z.nullish(z.int()),
  per_page: z.nullish(z.int()),
  total_pages: z.nullish(z.int()),
  next: z.nullish(z.object({ per_page: z.optional(z.int()), starting_after: z.nullish(z.string()) })),
});
