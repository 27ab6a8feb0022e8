import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ActivityEntry } from '#contract/gateway/activity.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ErrorPanel } from '../error-panel.tsx';
import { activityQueries } from './activity-queries.ts';
import { EntryDialog } from './entry-dialog.tsx';
import { changesInShort, outcomeOf, refusalInWords } from './entry-words.ts';
import { HistorySkeleton } from './history-skeleton.tsx';
import { operationInWords } from './operation-words.ts';
import { OutcomeBadge } from './outcome-badge.tsx';

// A page has more beside its history, which is mostly read for its newest entries.
const first = 8;
const step = 25;

/** The entries of the log about one object, newest first, in one line each. */
export function ObjectHistory({ object }: { object: string }) {
  const log = useInfiniteQuery(activityQueries.list({ object }));
  const [count, setCount] = useState(first);
  const [opened, setOpened] = useState<ActivityEntry | null>(null);
  if (log.status === 'pending') return <HistorySkeleton />;
  if (!log.data) return <ErrorPanel error={log.error} onRetry={() => log.refetch()} retrying={log.isFetching} />;

  const entries = log.data.pages.flatMap((page) => page.data);
  const shown = entries.slice(0, count);
  const showMore = () => {
    setCount(count + step);
    return count + step > entries.length && log.hasNextPage ? log.fetchNextPage() : undefined;
  };
  if (entries.length === 0) return <p className="text-muted">Nothing was changed here since the log began.</p>;
  return (
    <>
      <ol className="overflow-hidden rounded-md border border-line bg-surface">
        {shown.map((entry) => (
          <li key={entry.id} className="relative border-line not-last:border-b hover:bg-hover">
            <Entry entry={entry} onOpen={() => setOpened(entry)} />
          </li>
        ))}
      </ol>
      {(log.hasNextPage || shown.length < entries.length) && (
        <Button className="self-center" pending={log.isFetchingNextPage} onClick={showMore}>
          Show earlier ones
        </Button>
      )}
      {opened && <EntryDialog entry={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

function Entry({ entry, onOpen }: { entry: ActivityEntry; onOpen: () => void }) {
  const outcome = outcomeOf(entry);
  const told = outcome === 'refused' ? refusalInWords(entry) : changesInShort(entry.changes);
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5 px-3 py-2 text-sm">
      <span className="text-muted">{entry.person?.name ?? 'Someone not signed in'}</span>
      <button
        type="button"
        onClick={onOpen}
        className="text-start font-medium after:absolute after:inset-0 focus-visible:outline-none after:focus-visible:outline-2 after:focus-visible:-outline-offset-2 after:focus-visible:outline-focus"
      >
        {operationInWords(entry.operation)}
      </button>
      {outcome !== 'done' && <OutcomeBadge entry={entry} />}
      <span className="min-w-0 flex-1 basis-40 truncate text-muted">{told}</span>
      <RelativeTime time={entry.at} className="relative z-1 ms-auto text-muted" />
    </div>
  );
}
