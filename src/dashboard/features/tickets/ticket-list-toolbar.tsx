import type { ReactNode, RefObject } from 'react';
import type { countTickets } from '#contract/gateway/tickets.ts';
import type { ResponseOf } from '#contract/operation.ts';
import { ticketStateLabels, ticketStates } from '#contract/ticket-states.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import type { TicketListSearch } from './ticket-list-search.ts';
import { countText } from './ticket-list-words.ts';

interface ToolbarProps {
  /** Where `/` goes. */
  input: RefObject<HTMLInputElement | null>;
  search: TicketListSearch;
  onChange: (search: TicketListSearch) => void;
  counts: ResponseOf<typeof countTickets> | undefined;
  /** The filters. */
  children: ReactNode;
}

const scopes = [
  { value: 'all', label: 'All' },
  { value: 'mine', label: 'Assigned to me' },
  { value: 'nobody', label: 'Unassigned' },
] as const;

const openings = [
  { value: 'all', label: 'Open and closed' },
  { value: 'true', label: 'Open' },
  { value: 'false', label: 'Closed' },
] as const;

const sorts = [
  { value: '-updated', label: 'Last updated first' },
  { value: 'updated', label: 'Last updated last' },
  { value: '-created', label: 'Newest first' },
  { value: 'created', label: 'Oldest first' },
] as const satisfies { value: TicketListSearch['sort']; label: string }[];

const chosen = <Value extends string>(options: readonly { value: Value }[], text: string): Value | undefined =>
  options.find(({ value }) => value === text)?.value;

/** What is asked for most: by state, by person, by text, open or closed. */
export function TicketListToolbar({ input, search, onChange, counts, children }: ToolbarProps) {
  const states = ['all' as const, ...ticketStates].map((value) => ({
    value,
    label: <Tab label={value === 'all' ? 'All' : ticketStateLabels[value]} count={counts?.[value]} />,
  }));
  return (
    <>
      <div className="relative flex shrink-0 gap-2 overflow-x-auto">
        <Segmented
          label="State"
          className="max-w-none! shrink-0 flex-nowrap!"
          options={states}
          value={search.state ?? 'all'}
          onChange={(state) => onChange({ ...search, state: state === 'all' ? undefined : state })}
        />
        <Segmented
          label="Whose"
          className="max-w-none! shrink-0 flex-nowrap! sm:ms-auto"
          options={scopes}
          value={search.who ?? 'all'}
          onChange={(who) => onChange({ ...search, who: who === 'all' ? undefined : who })}
        />
      </div>
      <search className="flex flex-wrap items-center gap-2">
        <SearchField
          ref={input}
          label="Search title and description"
          value={search.q}
          onChange={(q) => onChange({ ...search, q })}
        />
        <Select
          aria-label="Open or closed"
          className="w-44! max-sm:min-w-38 max-sm:flex-1"
          value={search.open ?? 'all'}
          onChange={({ target }) => {
            const open = chosen(openings, target.value);
            onChange({ ...search, open: open === 'all' ? undefined : open });
          }}
        >
          {optionsOf(openings)}
        </Select>
        {/* Where there are no columns, none of their headers sorts. */}
        <Select
          aria-label="Sort"
          className="w-44! sm:hidden max-sm:min-w-38 max-sm:flex-1"
          value={search.sort}
          onChange={({ target }) => onChange({ ...search, sort: chosen(sorts, target.value) ?? search.sort })}
        >
          {optionsOf(sorts)}
        </Select>
        {children}
      </search>
    </>
  );
}

function optionsOf(options: readonly { value: string; label: string }[]): ReactNode {
  return options.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}

function Tab({ label, count }: { label: string; count: { count: number; is_estimate: boolean } | undefined }) {
  return (
    <span className="whitespace-nowrap">
      {label}{' '}
      {count && (
        <span className="ms-0.5 text-muted tabular-nums">
          {countText({ count: count.count, isEstimate: count.is_estimate })}
        </span>
      )}
    </span>
  );
}
