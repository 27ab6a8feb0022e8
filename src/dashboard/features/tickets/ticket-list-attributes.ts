import type { TicketRow } from '#contract/gateway/tickets.ts';
import { isSearchGroup, type SearchQuery } from '#contract/search.ts';
import type { TicketType, TicketTypeAttribute } from '#contract/ticket-types.ts';
import { attributeLabel } from './attribute-label.ts';
import type { TicketColumn } from './ticket-list-columns.tsx';
import type { TicketListSearch } from './ticket-list-search.ts';
import { attributeInWords } from './ticket-page-words.ts';

/** The ticket types that every ticket found by the filter has one of; none where it may have any. */
export function chosenTypeIds(filter: SearchQuery | undefined): string[] {
  if (filter === undefined) return [];
  if (isSearchGroup(filter)) return filter.operator === 'AND' ? filter.value.flatMap(chosenTypeIds) : [];
  const { field, operator, value } = filter;
  if (field !== 'ticket_type_id' || value === null || (operator !== '=' && operator !== 'IN')) return [];
  return [value].flat().map(String);
}

/** The attributes in use that are not shown as title or description anyway. */
export function ownAttributes(type: TicketType): TicketTypeAttribute[] {
  return type.ticket_type_attributes.data.filter((attribute) => !attribute.archived && !attribute.default);
}

const columnId = ({ id }: TicketTypeAttribute) => `a${id}`;

/** Columns for the attributes of the chosen types, and for those that the address names. */
export function attributeColumns(
  types: ReadonlyMap<string, TicketType>,
  { filter, cols }: Pick<TicketListSearch, 'filter' | 'cols'>,
): TicketColumn[] {
  const chosen = new Set(chosenTypeIds(filter));
  const named = new Set(cols.split(','));
  return [...types.values()].flatMap((type) =>
    ownAttributes(type)
      .filter((attribute) => chosen.has(type.id) || named.has(columnId(attribute)))
      .map((attribute): TicketColumn => {
        const isNumber = attribute.data_type === 'integer' || attribute.data_type === 'decimal';
        return {
          id: columnId(attribute),
          header: attributeLabel(attribute),
          width: 140,
          isExtra: true,
          ...(isNumber && { align: 'end' as const }),
          cell: (row: TicketRow) =>
            row.ticket_type_id === type.id && attributeInWords(row.attributes[attribute.name], attribute),
        };
      }),
  );
}
