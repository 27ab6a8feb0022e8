import { useQuery, useQueryClient } from '@tanstack/react-query';
import ArrowUp from 'lucide-react/icons/arrow-up';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { ticketRowsPerPage } from '#contract/gateway/tickets.ts';
import { useTicketsChanged } from '../../lib/live-events.ts';
import { workspaceQueries } from '../../lib/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { allTickets, ticketLists } from './ticket-keys.ts';
import type { TicketList } from './ticket-list-data.ts';
import { putRows, readRows } from './ticket-list-queries.ts';
import { amongIds, everyTicket } from './ticket-list-query.ts';
import { type TicketListSearch, toSort } from './ticket-list-search.ts';

interface LiveRowsProps {
  list: TicketList;
  sort: TicketListSearch['sort'];
}

/** Changes come in swarms. */
const gatherMs = 300;
const askEveryMs = 60_000;
/** More than these at once are not asked for: the list offers to be read anew. */
const mostAtOnce = 3 * ticketRowsPerPage;

/**
 * Keeps the rows as the tickets are elsewhere, each in its place, and says how many others would stand above them: those
 * are shown when they are asked for.
 */
export function LiveRows({ list, sort }: LiveRowsProps) {
  // Another list has its own news.
  return <News key={list.listKey} list={list} sort={sort} />;
}

function News({ list, sort }: LiveRowsProps) {
  const client = useQueryClient();
  const { data: about } = useQuery(workspaceQueries.about());
  const [above, setAbove] = useState<ReadonlySet<string>>(new Set());
  const changed = useRef<{ ids: Set<string>; timer?: number }>({ ids: new Set() });
  const { ids, rows, queryKey, query, isOutdated } = list;

  /** Reads what is loaded of these tickets anew. */
  const follow = useEffectEvent(async (concerned: readonly string[]) => {
    const loaded = new Set(ids);
    const shown = concerned.filter((id) => loaded.has(id)).slice(0, mostAtOnce);
    for (let from = 0; from < shown.length; from += ticketRowsPerPage) {
      putRows(client, queryKey, await readRows(amongIds(undefined, shown.slice(from, from + ticketRowsPerPage)), sort));
    }
    const others = concerned.filter((id) => !loaded.has(id));
    if (others.length > 0) note(await readRows(amongIds(query, others.slice(0, mostAtOnce)), sort));
  });
  const lookAbove = useEffectEvent(async () => note(await readRows(query ?? everyTicket, sort)));

  /** Counts those that would stand above the first row. */
  function note(found: Awaited<ReturnType<typeof readRows>>) {
    const { field, order } = toSort(sort);
    const [first] = rows;
    const known = new Set(ids);
    const fresh = found.filter(
      (row) =>
        !known.has(row.id) &&
        (first === undefined || (order === 'descending' ? row[field] >= first[field] : row[field] <= first[field])),
    );
    if (fresh.length > 0) setAbove((before) => new Set([...before, ...fresh.map(({ id }) => id)]));
  }

  useTicketsChanged(undefined, (concerned) => {
    void client.invalidateQueries({ queryKey: ticketLists });
    if (isOutdated) return;
    const { current } = changed;
    // Of which any may have changed, those on the first page are looked at.
    for (const id of concerned ?? ids.slice(0, ticketRowsPerPage)) current.ids.add(id);
    if (concerned === null) quietly(lookAbove());
    window.clearTimeout(current.timer);
    current.timer = window.setTimeout(() => {
      const swarm = [...current.ids];
      current.ids.clear();
      quietly(follow(swarm));
    }, gatherMs);
  });
  useEffect(() => () => window.clearTimeout(changed.current.timer), []);

  // Those that were opened since the list was read may have been changed by whoever opened them.
  const catchUp = useEffectEvent(() => {
    const readAt = client.getQueryState(queryKey)?.dataUpdatedAt ?? 0;
    const opened = client
      .getQueryCache()
      .findAll({ queryKey: [...allTickets, 'detail'] })
      .filter(({ state }) => state.dataUpdatedAt > readAt || state.isInvalidated)
      .map(({ queryKey: key }) => String(key.at(-1)));
    if (opened.length > 0) quietly(follow(opened));
    if (readAt > 0 && Date.now() - readAt > askEveryMs / 2) quietly(lookAbove());
  });
  useEffect(() => catchUp(), []);

  // Where nobody tells of changes, they are asked for now and then.
  const isTold = about?.upstream !== 'intercom';
  useEffect(() => {
    if (isTold) return undefined;
    const timer = window.setInterval(() => !document.hidden && quietly(lookAbove()), askEveryMs);
    return () => window.clearInterval(timer);
  }, [isTold]);

  if (above.size === 0) return null;
  const isNewest = toSort(sort).field === 'created_at';
  const noun = above.size === 1 ? 'ticket' : 'tickets';
  return (
    <div role="status" className="flex justify-center">
      <Button
        size="sm"
        icon={<ArrowUp />}
        className="animate-pop"
        onClick={async () => {
          await list.refresh();
          setAbove(new Set());
        }}
      >
        {`${above.size} ${isNewest ? 'new' : 'new or updated'} ${noun}`}
      </Button>
    </div>
  );
}

/** What could not be read is not missed: the next change asks again. */
function quietly(work: Promise<unknown>): void {
  work.catch(() => {});
}
