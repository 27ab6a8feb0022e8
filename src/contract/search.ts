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

export const sortOrders = ['ascending', 'descending'] as const;
