import {
  isSearchGroup,
  problemOfQuery,
  type SearchFilter,
  type SearchGroup,
  type SearchQuery,
  searchLimits,
} from '#contract/search.ts';
import { nobody } from '#contract/ticket-states.ts';
import type { TicketListSearch } from './ticket-list-search.ts';

/** Finds all tickets. */
export const everyTicket: SearchFilter = { field: 'created_at', operator: '>', value: 0 };

/**
 * The query that finds what a list state asks for; undefined finds all. `ownId` is the teammate that stands for the
 * person. The filters' own places stay as they are wherever there is room, so that a refusal's place leads to them.
 */
export function toSearchQuery(search: TicketListSearch, ownId: string): SearchQuery | undefined {
  const { q, state, open, who, filter } = search;
  const text = q.trim();
  const either: SearchFilter[] =
    text === ''
      ? []
      : [
          { field: 'title', operator: '~', value: text },
          { field: 'description', operator: '~', value: text },
        ];
  const also: SearchFilter[] = [
    ...(state ? [{ field: 'state', operator: '=', value: state } as const] : []),
    ...(open ? [{ field: 'open', operator: '=', value: open === 'true' } as const] : []),
    ...(who === 'mine' ? [{ field: 'admin_assignee_id', operator: '=', value: ownId } as const] : []),
    ...(who === 'nobody'
      ? [
          { field: 'admin_assignee_id', operator: '=', value: nobody } as const,
          { field: 'team_assignee_id', operator: '=', value: nobody } as const,
        ]
      : []),
  ];
  return narrowed(filter, also, either);
}

/** Those that `query` finds with one of these ids. */
export function amongIds(query: SearchQuery | undefined, ids: readonly string[]): SearchQuery {
  const among: SearchFilter = { field: 'id', operator: 'IN', value: [...ids] };
  return narrowed(query, [among]) ?? among;
}

/** Those that `query` finds of one ticket type. */
export function ofType(query: SearchQuery | undefined, typeId: string): SearchQuery | undefined {
  return narrowed(query, [{ field: 'ticket_type_id', operator: '=', value: typeId }]);
}

/** What keeps a query from being asked: it is larger than the API takes. */
export function isTooLarge(query: SearchQuery | undefined): boolean {
  return query !== undefined && problemOfQuery(query) !== undefined;
}

/** `query` and all of `also` and, where there are any, one of `either`. */
function narrowed(
  query: SearchQuery | undefined,
  also: readonly SearchFilter[],
  either: readonly SearchFilter[] = [],
): SearchQuery | undefined {
  const more: SearchQuery[] = either.length > 0 ? [{ operator: 'OR', value: [...either] }, ...also] : [...also];
  if (query === undefined) return all(more);
  if (more.length === 0) return query;
  if (!isSearchGroup(query)) return all([query, ...more]);
  if (query.operator === 'OR' && query.value.some(isSearchGroup)) return eachNarrowed(query, also, either);
  if (query.operator === 'OR') return all([query, ...more]);
  const joined = all([...query.value, ...more]);
  const hasRoom = query.value.length + more.length <= searchLimits.filters;
  return hasRoom || query.value.some(isSearchGroup) ? joined : all([query, ...more]);
}

function all(parts: SearchQuery[]): SearchQuery | undefined {
  const [first, ...rest] = parts;
  return rest.length === 0 ? first : { operator: 'AND', value: parts };
}

/** A group of its own for everything else would be too deep, so each alternative is narrowed instead. */
function eachNarrowed(query: SearchGroup, also: readonly SearchFilter[], either: readonly SearchFilter[]): SearchGroup {
  const alternatives = query.value.flatMap((part) =>
    isSearchGroup(part) && part.operator === 'OR' ? part.value : [part],
  );
  const narrow = (part: SearchQuery, one: readonly SearchFilter[]): SearchGroup => ({
    operator: 'AND',
    value: [...(isSearchGroup(part) ? part.value : [part]), ...one, ...also],
  });
  return {
    operator: 'OR',
    value: alternatives.flatMap((part) =>
      either.length === 0 ? [narrow(part, [])] : either.map((one) => narrow(part, [one])),
    ),
  };
}
