import * as z from 'zod/mini';
import { type TicketType, ticketTypeCategories } from '#contract/ticket-types.ts';

export const ticketTypeSortKeys = ['name', 'category', 'attributes', 'updated'] as const;
export type TicketTypeSortKey = (typeof ticketTypeSortKeys)[number];

const sorts = ticketTypeSortKeys.flatMap((key) => [key, `-${key}` as const]);
const archivedFilters = ['false', 'true', 'all'] as const;

/** The list's state as it stands in the address. What cannot be read counts as not given. */
const search = z.object({
  q: z.catch(z._default(z.string(), ''), ''),
  category: z.catch(z.optional(z.enum(ticketTypeCategories)), undefined),
  archived: z.catch(z._default(z.enum(archivedFilters), 'false'), 'false'),
  sort: z.catch(z._default(z.enum(sorts), 'name'), 'name'),
});
export type TicketTypeSearch = z.output<typeof search>;

export function parseTicketTypeSearch(params: URLSearchParams): TicketTypeSearch {
  return search.parse(Object.fromEntries(params));
}

/** The address's parameters of a list state; what is as by default is left out. */
export function toSearchParams({ q, category, archived, sort }: TicketTypeSearch): URLSearchParams {
  const params = new URLSearchParams();
  if (q !== '') params.set('q', q);
  if (category) params.set('category', category);
  if (archived !== 'false') params.set('archived', archived);
  if (sort !== 'name') params.set('sort', sort);
  return params;
}

/** When the ticket type or one of its attributes last changed, in unix seconds. */
export function lastChange(ticketType: TicketType): number {
  const attributes = ticketType.ticket_type_attributes.data;
  return attributes.reduce(
    (latest, { updated_at: updatedAt = 0 }) => Math.max(latest, updatedAt),
    ticketType.updated_at ?? ticketType.created_at,
  );
}

/** The attributes that are in use. */
export function activeAttributeCount(ticketType: TicketType): number {
  return ticketType.ticket_type_attributes.data.filter(({ archived }) => !archived).length;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const comparisons: Record<TicketTypeSortKey, (one: TicketType, other: TicketType) => number> = {
  name: (one, other) => collator.compare(one.name, other.name),
  category: (one, other) => collator.compare(one.category ?? '', other.category ?? ''),
  attributes: (one, other) => activeAttributeCount(one) - activeAttributeCount(other),
  updated: (one, other) => lastChange(one) - lastChange(other),
};

/** The sort's key and direction: `-updated` is the newest first. */
export function parseSort(sort: TicketTypeSearch['sort']): { key: TicketTypeSortKey; descending: boolean } {
  const descending = sort.startsWith('-');
  const key = ticketTypeSortKeys.find((name) => sort.endsWith(name)) ?? 'name';
  return { key, descending };
}

/** The ticket types that `filter` lets through, in its order. Every word of the text must be found somewhere. */
export function filterTicketTypes(ticketTypes: readonly TicketType[], filter: TicketTypeSearch): TicketType[] {
  const words = filter.q.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const { key, descending } = parseSort(filter.sort);
  const matching = ticketTypes.filter(
    (ticketType) =>
      (filter.archived === 'all' || ticketType.archived === (filter.archived === 'true')) &&
      (filter.category === undefined || ticketType.category === filter.category) &&
      (words.length === 0 || isMatch(searchText(ticketType), words)),
  );
  const compare = comparisons[key];
  return matching.sort((one, other) => (descending ? compare(other, one) : compare(one, other)));
}

const searchTexts = new WeakMap<TicketType, string>();

function searchText(ticketType: TicketType): string {
  const known = searchTexts.get(ticketType);
  if (known !== undefined) return known;
  const attributes = ticketType.ticket_type_attributes.data.map(({ name, archived }) => (archived ? '' : name));
  const text = [ticketType.name, ticketType.description, ticketType.icon, ticketType.id, ...attributes]
    .join('\n')
    .toLocaleLowerCase();
  searchTexts.set(ticketType, text);
  return text;
}

function isMatch(text: string, words: string[]): boolean {
  return words.every((word) => text.includes(word));
}
