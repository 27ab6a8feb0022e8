import {
  isSearchGroup,
  problemOfQuery,
  type SearchFilter,
  type SearchGroup,
  type SearchQuery,
  searchLimits,
} from '#contract/search.ts';
import type { TicketState } from '#contract/ticket-states.ts';
import { invalidField } from '../refusal.ts';

/** Finds all tickets: the API has no search without a query. */
export const everyTicket: SearchFilter = { field: 'created_at', operator: '>', value: 0 };

/** The query that a request names; undefined for none. Throws a `Refusal` for one that is not in the form of a query. */
export function parseTicketQuery(text: string | undefined): SearchQuery | undefined {
  if (text === undefined) return undefined;
  const query = parse(text);
  const problem = problemOfQuery(query);
  if (problem === undefined) return query as SearchQuery;
  throw invalidField(['query', ...problem.path].join('.'), problem.message);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidField('query', 'is not JSON');
  }
}

/**
 * Only those that a query finds in a state, in groups no deeper and no larger than a query may have. Throws a `Refusal`
 * for a query that leaves no room for that: one of fifteen groups, or with more parts.
 */
export function withState(query: SearchQuery | undefined, state: TicketState): SearchQuery {
  const inState: SearchFilter = { field: 'state', operator: '=', value: state };
  if (query === undefined) return inState;
  if (!isSearchGroup(query)) return { operator: 'AND', value: [query, inState] };
  const narrowed = query.operator === 'AND' ? narrowAll(query, inState) : narrowAny(query, inState);
  if (narrowed !== undefined && problemOfQuery(narrowed) === undefined) return narrowed;
  throw invalidField('query', 'has too many conditions for its tickets to be counted by state');
}

const isFlat = ({ value }: SearchGroup) => !value.some(isSearchGroup);

function narrowAll(query: SearchGroup, inState: SearchFilter): SearchQuery | undefined {
  if (query.value.length < searchLimits.filters) return { operator: 'AND', value: [...query.value, inState] };
  if (isFlat(query)) return { operator: 'AND', value: [query, inState] };
  // One of its conditions stands for the state too.
  const index = query.value.findIndex((part) => !isSearchGroup(part) || hasRoom(part));
  if (index === -1) return undefined;
  return { operator: 'AND', value: query.value.map((part, at) => (at === index ? narrowPart(part, inState) : part)) };
}

function narrowAny(query: SearchGroup, inState: SearchFilter): SearchQuery {
  if (isFlat(query)) return { operator: 'AND', value: [query, inState] };
  // A group of its own for both would be too deep, so each alternative is narrowed instead.
  const alternatives = query.value.flatMap((part) =>
    isSearchGroup(part) && part.operator === 'OR' ? part.value : [part],
  );
  return { operator: 'OR', value: alternatives.map((part) => narrowPart(part, inState)) };
}

const hasRoom = ({ operator, value }: SearchGroup) => operator === 'AND' && value.length < searchLimits.filters;

function narrowPart(part: SearchQuery, inState: SearchFilter): SearchQuery {
  return { operator: 'AND', value: isSearchGroup(part) ? [...part.value, inState] : [part, inState] };
}
