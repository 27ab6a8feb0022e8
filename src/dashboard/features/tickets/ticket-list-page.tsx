import { useQuery } from '@tanstack/react-query';
import Plus from 'lucide-react/icons/plus';
import { type ReactNode, type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import { Link, type LoaderFunctionArgs, useLocation, useNavigate } from 'react-router';
import type { TicketRow } from '#contract/gateway/tickets.ts';
import { type Action, useActions } from '../../lib/actions.ts';
import { EmojiSheet } from '../../lib/emoji/emoji.tsx';
import { paths } from '../../lib/paths.ts';
import { queryClientContext } from '../../lib/query-client.ts';
import { sessionQueries, useMay } from '../../lib/session.ts';
import { useSearchState } from '../../lib/use-search-state.ts';
import { useSelection } from '../../lib/use-selection.ts';
import { shownColumns } from '../../lib/virtual-table/columns.ts';
import { VirtualTable } from '../../lib/virtual-table/virtual-table.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { tooltip } from '../../ui/tooltip.ts';
import { defaultViewOf } from './saved-views-default.ts';
import { useTicketApproach } from './ticket-list-approach.ts';
import { layoutOf, ticketColumns } from './ticket-list-columns.tsx';
import { rowId, type TicketList, useStateCounts, useTicketList } from './ticket-list-data.ts';
import { later } from './ticket-list-later.ts';
import { startTicketList, useTicketDirectory } from './ticket-list-queries.ts';
import { NarrowRow, rowTitle } from './ticket-list-row.tsx';
import {
  fromSort,
  parseTicketListSearch,
  type TicketListSearch,
  toSearchParams,
  toSort,
} from './ticket-list-search.ts';
import { TicketListToolbar } from './ticket-list-toolbar.tsx';
import { countText } from './ticket-list-words.ts';

const useTools = later(async () => (await import('./ticket-list-tools.tsx')).tools);
const useProblems = later(() => import('./ticket-list-problem.tsx'));
const useBulk = later(() => import('./bulk-bar.tsx'));

/** Starts what the list reads. */
export async function ticketListLoader({ request, context }: LoaderFunctionArgs) {
  await startTicketList(context.get(queryClientContext), request.url);
  return null;
}

const hrefOf = ({ id }: TicketRow) => paths.ticket.href(id);

/** The tickets of the workspace, as the address asks for them. */
export function TicketListPage() {
  const [search, setSearch] = useSearchState(parseTicketListSearch, toSearchParams);
  const list = useTicketList(search);
  const tools = useTools();
  const input = useRef<HTMLInputElement>(null);
  const counts = useStateCounts(search, list.first !== undefined && !list.isOutdated);
  const mayCreate = useMay('createTicket');
  useDefaultView(setSearch);
  useListActions(input, mayCreate);

  return (
    <div className="flex h-[calc(100dvh-3rem)] flex-col gap-3 p-4 md:px-6">
      <title>Tickets · Deskbell</title>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 tabIndex={-1} className="font-semibold text-xl outline-none">
          Tickets
        </h1>
        <p role="status" className="text-muted tabular-nums">
          {list.total && countText(list.total)}
        </p>
        {tools && <tools.ViewsMenu search={search} onChange={setSearch} />}
        <div className="ms-auto flex flex-wrap gap-2">
          {tools && <tools.ListMenus search={search} onChange={setSearch} list={list} />}
          {mayCreate && (
            <Link
              to={paths.newTicket.href()}
              className={buttonClass({ variant: 'primary' })}
              {...tooltip('Create ticket', 'c')}
            >
              <Plus aria-hidden="true" />
              Create ticket
            </Link>
          )}
        </div>
      </div>
      <TicketListToolbar input={input} search={search} onChange={setSearch} counts={counts}>
        <div className="min-h-7 min-w-0">{tools && <tools.TicketFilters search={search} onChange={setSearch} />}</div>
      </TicketListToolbar>
      <Tickets search={search} setSearch={setSearch} list={list}>
        {tools && <tools.LiveRows list={list} sort={search.sort} />}
      </Tickets>
    </div>
  );
}

interface TicketsProps {
  search: TicketListSearch;
  setSearch: (search: TicketListSearch) => void;
  list: TicketList;
  /** Above the rows. */
  children: ReactNode;
}

/** The rows, or why there are none. */
function Tickets({ search, setSearch, list, children }: TicketsProps) {
  const isEmpty = list.rows.length === 0 && !list.isLoading;
  const hasProblem = list.error !== null || list.isTooLarge || isEmpty;
  const problems = useProblems(hasProblem);
  if (hasProblem && list.isOutdated && !list.error && !list.isTooLarge) return null;
  if (hasProblem) return problems && <problems.ListProblem search={search} onChange={setSearch} list={list} />;
  return (
    <>
      {children}
      <TicketTable search={search} setSearch={setSearch} list={list} />
    </>
  );
}

function TicketTable({ search, setSearch, list }: Omit<TicketsProps, 'children'>) {
  const directory = useTicketDirectory();
  const tools = useTools();
  const mayChange = useMay('createBatch');
  const selection = useSelection(list.ids);
  const selected = selection.selectedIds;
  const bulk = useBulk(selected.length > 0);
  const icons = useMemo(() => [...directory.types.values()].map(({ icon }) => icon), [directory.types]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the state, only these two say which columns there are
  const columns = useMemo(() => {
    const all = [...ticketColumns(directory), ...(tools?.attributeColumns(directory.types, search) ?? [])];
    return shownColumns(all, layoutOf(search.cols, all));
  }, [directory, tools, search.cols, search.filter]);
  const narrow = useCallback((row: TicketRow) => <NarrowRow row={row} directory={directory} />, [directory]);
  const approach = useTicketApproach(list);

  return (
    <EmojiSheet emojis={icons}>
      <div className="flex min-h-0 flex-1 flex-col" {...approach}>
        <VirtualTable
          label="Tickets"
          rows={list.rows}
          columns={columns}
          rowId={rowId}
          rowLabel={rowTitle}
          href={hrefOf}
          narrow={narrow}
          density={search.density}
          total={list.total?.count}
          isEstimate={list.total?.isEstimate ?? true}
          sort={toSort(search.sort)}
          onSort={(sort) => setSearch({ ...search, sort: fromSort(sort) })}
          selection={mayChange ? selection : undefined}
          hasMore={list.hasMore}
          isLoadingMore={list.isLoadingMore}
          onEndReached={list.loadMore}
          loadError={list.loadError}
          onRetry={list.loadMore}
          isLoading={list.isLoading}
          isOutdated={list.isOutdated}
          listKey={list.listKey}
        />
      </div>
      {selected.length > 0 && bulk && (
        <bulk.BulkBar key={list.listKey} selectedIds={selected} list={list} onClear={selection.clear} />
      )}
    </EmojiSheet>
  );
}

/** Where the address asks for nothing, the person's own default view stands. */
function useDefaultView(setSearch: (search: TicketListSearch) => void) {
  const { key, search } = useLocation();
  const { data: session } = useQuery(sessionQueries.current());
  const personId = session?.person.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step to the address begins with it anew
  useEffect(() => {
    if (search !== '' || personId === undefined || window.location.search !== '') return;
    const view = defaultViewOf(personId).get();
    if (view) setSearch({ ...parseTicketListSearch(new URLSearchParams(view.state)), view: view.id });
  }, [key, search, personId, setSearch]);
}

function useListActions(input: RefObject<HTMLInputElement | null>, mayCreate: boolean) {
  const navigate = useNavigate();
  const actions = useMemo<Action[]>(
    () => [
      {
        id: 'tickets:search',
        label: 'Search tickets',
        group: 'Tickets',
        shortcut: '/',
        run: () => input.current?.select(),
      },
      ...(mayCreate
        ? [
            {
              id: 'tickets:create',
              label: 'Create a ticket',
              group: 'Tickets',
              shortcut: 'c',
              keywords: 'new add',
              run: () => void navigate(paths.newTicket.href()),
            },
            {
              id: 'tickets:import',
              label: 'Import tickets from a file',
              group: 'Tickets',
              keywords: 'csv upload',
              run: () => void navigate(paths.importTickets.href()),
            },
          ]
        : []),
    ],
    [input, mayCreate, navigate],
  );
  useActions(actions);
}
