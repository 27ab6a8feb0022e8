import { useMemo, useRef } from 'react';
import { type TicketTypeCategory, ticketTypeCategories } from '#contract/ticket-types.ts';
import { type Action, useActions } from '../../lib/actions.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { TicketTypeSearch } from './ticket-type-filters.ts';

interface ToolbarProps {
  search: TicketTypeSearch;
  onChange: (search: TicketTypeSearch) => void;
  /** How many ticket types the filters let through, of how many. */
  shown: number;
  total: number;
}

const categories = [
  { value: 'all', label: 'All' },
  ...ticketTypeCategories.map((category) => ({ value: category, label: category })),
] as const satisfies { value: TicketTypeCategory | 'all'; label: string }[];

const archivedOptions = [
  { value: 'false', label: 'In use' },
  { value: 'true', label: 'Archived' },
  { value: 'all', label: 'Both' },
] as const satisfies { value: TicketTypeSearch['archived']; label: string }[];

/** The list's filters: text, category, archived. */
export function TicketTypeToolbar({ search, onChange, shown, total }: ToolbarProps) {
  const input = useRef<HTMLInputElement>(null);
  const actions = useMemo<Action[]>(
    () => [
      {
        id: 'ticket-types:search',
        label: 'Search ticket types',
        group: 'Ticket types',
        shortcut: '/',
        run: () => input.current?.select(),
      },
    ],
    [],
  );
  useActions(actions);

  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchField
        ref={input}
        label="Search ticket types"
        value={search.q}
        onChange={(q) => onChange({ ...search, q })}
      />
      <Segmented
        label="Category"
        options={categories}
        value={search.category ?? 'all'}
        onChange={(value) => onChange({ ...search, category: value === 'all' ? undefined : value })}
      />
      <Segmented
        label="Archived"
        options={archivedOptions}
        value={search.archived}
        onChange={(archived) => onChange({ ...search, archived })}
      />
      <p role="status" className="ms-auto text-muted text-sm tabular-nums">
        {shown < total && `${shown} of ${total} shown`}
      </p>
    </search>
  );
}
