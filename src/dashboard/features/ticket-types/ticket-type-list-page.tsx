import { useSuspenseQuery } from '@tanstack/react-query';
import Plus from 'lucide-react/icons/plus';
import SearchX from 'lucide-react/icons/search-x';
import Shapes from 'lucide-react/icons/shapes';
import { Suspense, useDeferredValue, useEffect, useMemo } from 'react';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { tooltip } from '../../ui/tooltip.ts';
import { ArchiveDialog, useArchive } from './archive.tsx';
import { ticketTypeQueries } from './queries.ts';
import { filterTicketTypes, isFiltered } from './ticket-type-filters.ts';
import { TicketTypeTable } from './ticket-type-table.tsx';
import { TicketTypeToolbar } from './ticket-type-toolbar.tsx';
import { useTicketTypeActions } from './use-ticket-type-actions.ts';
import { useTicketTypeSearch } from './use-ticket-type-search.ts';

/** Every ticket type of the workspace, filtered and sorted as the address says. */
export function TicketTypeListPage() {
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-3 p-4 md:p-6">
      <title>Ticket types · Deskbell</title>
      <Suspense fallback={<ListSkeleton />}>
        <TicketTypeList />
      </Suspense>
    </div>
  );
}

function TicketTypeList() {
  const { data: ticketTypes } = useSuspenseQuery(ticketTypeQueries.list());
  const [search, setSearch] = useTicketTypeSearch();
  // Typing stays instant however long the list is: the table may lag a frame behind the field.
  const shownSearch = useDeferredValue(search);
  const shown = useMemo(() => filterTicketTypes(ticketTypes, shownSearch), [ticketTypes, shownSearch]);
  const archive = useArchive();

  useTicketTypeActions(ticketTypes);

  useEffect(() => {
    // The page that a row leads to is fetched while nothing else is to be done.
    const timer = window.setTimeout(() => void import('./ticket-type-page.tsx'), 1_000);
    return () => window.clearTimeout(timer);
  }, []);

  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 tabIndex={-1} className="font-semibold text-xl outline-none">
          Ticket types
        </h1>
        <p className="text-muted tabular-nums" role="status">
          {isFiltered(search) ? `${shown.length} of ${ticketTypes.length}` : shown.length}
        </p>
        <Link
          to={paths.newTicketType.href()}
          className={`${buttonClass({ variant: 'primary' })} ms-auto`}
          {...tooltip('Create ticket type', 'c')}
        >
          <Plus aria-hidden="true" />
          Create ticket type
        </Link>
      </div>
      <TicketTypeToolbar search={search} onChange={setSearch} />
      {shown.length > 0 ? (
        <TicketTypeTable ticketTypes={shown} search={search} onSearch={setSearch} onArchive={archive.ask} />
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
            <Link to={paths.newTicketType.href()} className={buttonClass({ variant: 'primary' })}>
              Create ticket type
            </Link>
          }
        >
          A ticket type says what is asked when a ticket of its kind is made.
        </EmptyState>
      )}
      <ArchiveDialog archive={archive} />
    </>
  );
}

function ListSkeleton() {
  return (
    <Loading what="ticket types">
      <div className="flex h-8 items-center gap-3">
        <h1 className="font-semibold text-xl">Ticket types</h1>
      </div>
      <div className="mt-3 flex flex-col gap-3">
        <Skeleton className="h-8 w-full max-w-md" />
        {Array.from({ length: 8 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity
          <Skeleton key={index} className="h-10" />
        ))}
      </div>
    </Loading>
  );
}
