import { useInfiniteQuery } from '@tanstack/react-query';
import Download from 'lucide-react/icons/download';
import History from 'lucide-react/icons/history';
import SearchX from 'lucide-react/icons/search-x';
import { useMemo, useState } from 'react';
import type { ActivityEntry } from '#contract/gateway/activity.ts';
import { exportActivity } from '#contract/gateway/activity.ts';
import { queryString } from '#contract/request.ts';
import { activityQueries } from '../../lib/activity/activity-queries.ts';
import { EntryDialog } from '../../lib/activity/entry-dialog.tsx';
import { RoleNeeded } from '../../lib/role-needed.tsx';
import { useMay, useNeededRoles } from '../../lib/session.ts';
import { useSearchState } from '../../lib/use-search-state.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import {
  type ActivitySearch,
  isFiltered,
  parseActivitySearch,
  toActivityFilter,
  toSearchParams,
} from './activity-filters.ts';
import { ActivityTable } from './activity-table.tsx';
import { ActivityToolbar } from './activity-toolbar.tsx';
import { useNearEnd } from './use-near-end.ts';

const nothing: ActivitySearch = parseActivitySearch(new URLSearchParams());

/** The log of what was done and refused, by whom and when, filtered as the address says. */
export function ActivityPage() {
  const needed = useNeededRoles('listActivity');
  if (needed !== undefined) return <RoleNeeded message={`The log of activity needs the role ${needed}.`} />;
  return <Activity />;
}

function Activity() {
  const [search, setSearch] = useSearchState(parseActivitySearch, toSearchParams);
  const mayExport = useMay('exportActivity');
  // The clock is read once for each set of filters: a query must not become another one by itself.
  const filter = useMemo(() => toActivityFilter(search, new Date()), [search]);
  const log = useInfiniteQuery({
    ...activityQueries.list(filter),
    // Of the filters before, until those of now have come.
    placeholderData: (previous) => previous,
    throwOnError: (_, { state }) => state.data === undefined,
  });
  const read: { pages: { data: ActivityEntry[] }[] } | undefined = log.data;
  const isOutdated: boolean = log.isPlaceholderData;
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = log;
  const entries = useMemo(() => read?.pages.flatMap(({ data }) => data) ?? [], [read]);
  const [opened, setOpened] = useState<ActivityEntry | null>(null);
  const endRef = useNearEnd(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError && !isOutdated) void fetchNextPage();
  });

  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-3 p-4 md:p-6">
      <title>Activity · Deskbell</title>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 tabIndex={-1} className="font-semibold text-xl outline-none">
          Activity
        </h1>
        {mayExport && (
          <a href={exportActivity.path + queryString(filter)} download className={`${buttonClass()} ms-auto`}>
            <Download aria-hidden="true" />
            Export as CSV
          </a>
        )}
      </div>
      <ActivityToolbar search={search} onChange={setSearch} entries={entries} />
      {read === undefined ? (
        <ListSkeleton />
      ) : entries.length > 0 ? (
        <>
          <div aria-busy={isOutdated} className={isOutdated ? 'opacity-60 transition-opacity' : undefined}>
            <ActivityTable entries={entries} onOpen={setOpened} />
          </div>
          {hasNextPage && (
            <div ref={endRef} className="flex flex-col items-center gap-2 py-2">
              {isFetchNextPageError && (
                <p role="alert" className="text-danger">
                  Earlier entries could not be loaded.
                </p>
              )}
              <Button pending={isFetchingNextPage} onClick={() => fetchNextPage()}>
                {isFetchNextPageError ? 'Try again' : 'Load more'}
              </Button>
            </div>
          )}
          {!hasNextPage && !isOutdated && (
            <p className="py-2 text-center text-muted text-sm">
              That is everything{isFiltered(search) && ' that matches'}.
            </p>
          )}
        </>
      ) : isFiltered(search) ? (
        <EmptyState
          icon={<SearchX />}
          title="No entry matches"
          action={<Button onClick={() => setSearch(nothing)}>Clear the filters</Button>}
        >
          Nothing in the log has all that you ask for.
        </EmptyState>
      ) : (
        <EmptyState icon={<History />} title="Nothing has happened yet">
          Every change, every sign-in and every refusal will stand here, with who, when and from where.
        </EmptyState>
      )}
      {opened && <EntryDialog entry={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}

function ListSkeleton() {
  return (
    <Loading what="the log">
      <div className="animate-appear rounded-md border border-line bg-surface">
        {Array.from({ length: 10 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity
          <div key={index} className="flex h-13 items-center gap-6 border-line px-3 not-last:border-b">
            <Skeleton className="w-14" />
            <Skeleton className="w-24 max-md:hidden" />
            <Skeleton className={index % 3 === 1 ? 'w-80' : 'w-56'} />
          </div>
        ))}
      </div>
    </Loading>
  );
}
