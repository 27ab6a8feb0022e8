import { useQuery } from '@tanstack/react-query';
import Plus from 'lucide-react/icons/plus';
import SearchX from 'lucide-react/icons/search-x';
import Shapes from 'lucide-react/icons/shapes';
import { useCallback, useDeferredValue, useMemo, useRef } from 'react';
import { Link } from 'react-router';
import type { TicketType } from '#contract/ticket-types.ts';
import { EmojiSheet } from '../../lib/emoji/emoji.tsx';
import { paths } from '../../lib/paths.ts';
import { useMay } from '../../lib/session.ts';
import { useSearchState } from '../../lib/use-search-state.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { tooltip } from '../../ui/tooltip.ts';
import { ticketTypeQueries } from './queries.ts';
import {
  filterTicketTypes,
  parseTicketTypeSearch,
  type TicketTypeSearch,
  toSearchParams,
} from './ticket-type-filters.ts';
import { TicketTypeTable } from './ticket-type-table.tsx';
import { TicketTypeToolbar } from './ticket-type-toolbar.tsx';
import { useArchive } from './use-archive.tsx';
import { useTicketTypeActions } from './use-ticket-type-actions.ts';

/** Every ticket type of the workspace, filtered and sorted as the address says. */
export function TicketTypeListPage() {
  // Without data there is nothing to show but why; with data, a failed refresh leaves it on view.
  const mayCreate = useMay('createTicketType');
  const { data } = useQuery({ ...ticketTypeQueries.list(), throwOnError: (_, { state }) => state.data === undefined });
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-3 p-4 md:p-6">
      <title>Ticket types · Deskbell</title>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 tabIndex={-1} className="font-semibold text-xl outline-none">
          Ticket types
        </h1>
        {data && <p className="text-muted tabular-nums">{data.length}</p>}
        {mayCreate && (
          <Link
            to={paths.newTicketType.href()}
            className={`${buttonClass({ variant: 'primary' })} ms-auto`}
            {...tooltip('Create ticket type', 'c')}
          >
            <Plus aria-hidden="true" />
            Create ticket type
          </Link>
        )}
      </div>
      {data ? <TicketTypeList ticketTypes={data} mayCreate={mayCreate} /> : <ListSkeleton />}
    </div>
  );
}

function TicketTypeList({ ticketTypes, mayCreate }: { ticketTypes: TicketType[]; mayCreate: boolean }) {
  const [search, setSearch] = useSearchState(parseTicketTypeSearch, toSearchParams);
  const shown = useMemo(() => filterTicketTypes(ticketTypes, search), [ticketTypes, search]);
  // Typing stays instant however long the list is: the table may lag a frame behind the field.
  const settled = useDeferredValue(shown);
  const icons = useMemo(() => ticketTypes.map(({ icon }) => icon), [ticketTypes]);
  const archive = useArchive();
  useTicketTypeActions(ticketTypes);

  const latest = useRef(search);
  latest.current = search;
  const setSort = useCallback((sort: TicketTypeSearch['sort']) => setSearch({ ...latest.current, sort }), [setSearch]);

  return (
    <>
      <TicketTypeToolbar search={search} onChange={setSearch} shown={shown.length} total={ticketTypes.length} />
      {shown.length > 0 ? (
        <EmojiSheet emojis={icons}>
          <TicketTypeTable ticketTypes={settled} sort={search.sort} onSort={setSort} onArchive={archive.ask} />
        </EmojiSheet>
      ) : ticketTypes.length > 0 ? (
        <EmptyState
          icon={<SearchX />}
          title="No ticket type matches"
          action={
            <Button onClick={() => setSearch({ ...search, q: '', category: undefined, archived: 'all' })}>
              Show all ticket types
            </Button>
          }
        >
          None of the {ticketTypes.length} ticket types has all that you ask for.
        </EmptyState>
      ) : (
        <EmptyState
          icon={<Shapes />}
          title="No ticket types yet"
          action={
            mayCreate && (
              <Link to={paths.newTicketType.href()} className={buttonClass({ variant: 'primary' })}>
                Create ticket type
              </Link>
            )
          }
        >
          A ticket type says what is asked when a ticket of its kind is made.
        </EmptyState>
      )}
      {archive.question}
    </>
  );
}

function ListSkeleton() {
  return (
    <Loading what="ticket types">
      <div className="flex flex-col gap-3">
        <Skeleton className="h-8 w-full max-w-md" />
        {Array.from({ length: 8 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity
          <Skeleton key={index} className="h-10" />
        ))}
      </div>
    </Loading>
  );
}
