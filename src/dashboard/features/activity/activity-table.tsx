import { memo, useMemo, useRef } from 'react';
import { Link } from 'react-router';
import type { ActivityEntry } from '#contract/gateway/activity.ts';
import {
  changesInShort,
  objectHref,
  objectInWords,
  outcomeOf,
  refusalInWords,
} from '../../lib/activity/entry-words.ts';
import { operationInWords } from '../../lib/activity/operation-words.ts';
import { OutcomeBadge } from '../../lib/activity/outcome-badge.tsx';
import { useRowKeys } from '../../lib/use-row-keys.ts';
import { cellClass, headerCellClass, rowClass, TableFrame, tableClass } from '../../ui/table.tsx';
import { exactTime } from '../../ui/time-text.ts';
import { tooltip } from '../../ui/tooltip.ts';

interface TableProps {
  entries: readonly ActivityEntry[];
  onOpen: (entry: ActivityEntry) => void;
}

/** The log by day, newest first: the clock says when, since entries are compared with each other. */
export const ActivityTable = memo(function ActivityTable({ entries, onOpen }: TableProps) {
  const table = useRef<HTMLTableElement>(null);
  useRowKeys({ list: table });
  const days = useMemo(() => byDay(entries), [entries]);
  return (
    <TableFrame label="Activity">
      <table ref={table} className={tableClass}>
        <thead className="max-md:sr-only">
          <tr>
            {['Time', 'Who', 'What', 'Outcome'].map((column) => (
              <th key={column} scope="col" className={headerCellClass}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        {days.map(({ day, entries: ofDay }) => (
          <tbody key={day}>
            <tr>
              <th
                scope="rowgroup"
                colSpan={4}
                className="border-line border-b bg-canvas px-3 py-1.5 text-start font-medium text-muted"
              >
                {day}
              </th>
            </tr>
            {ofDay.map((entry) => (
              <Row key={entry.id} entry={entry} onOpen={onOpen} />
            ))}
          </tbody>
        ))}
      </table>
    </TableFrame>
  );
});

const Row = memo(function Row({ entry, onOpen }: { entry: ActivityEntry; onOpen: (entry: ActivityEntry) => void }) {
  const outcome = outcomeOf(entry);
  const told = outcome === 'refused' ? refusalInWords(entry) : changesInShort(entry.changes);
  const name = objectInWords(entry);
  const href = objectHref(entry.object);
  const who = entry.person?.name ?? <span className="italic">Not signed in</span>;
  return (
    <tr className={rowClass}>
      <td className={`${cellClass} w-20 whitespace-nowrap text-muted max-md:align-top`}>
        <time
          dateTime={new Date(entry.at * 1_000).toISOString()}
          {...tooltip(exactTime(entry.at))}
          className="relative z-1"
        >
          {clock.format(entry.at * 1_000)}
        </time>
      </td>
      <td className={`${cellClass} max-w-48 truncate text-muted max-md:hidden`}>{who}</td>
      <td className={`${cellClass} w-full max-w-0`}>
        <p className="text-muted md:hidden">{who}</p>
        <div className="flex flex-wrap items-baseline gap-x-2">
          <button
            type="button"
            data-row={entry.id}
            onClick={() => onOpen(entry)}
            className="text-start font-medium text-fg leading-6 after:absolute after:inset-0"
          >
            {operationInWords(entry.operation)}
          </button>
          {name !== '' &&
            (href === undefined ? (
              <span className="min-w-0 truncate">{name}</span>
            ) : (
              <Link
                to={href}
                className="relative z-1 min-w-0 truncate text-accent leading-6 no-underline hover:underline"
              >
                {name}
              </Link>
            ))}
        </div>
        {told !== '' && <p className="truncate text-muted">{told}</p>}
        {outcome !== 'done' && (
          <p className="mt-1 md:hidden">
            <OutcomeBadge entry={entry} />
          </p>
        )}
      </td>
      <td className={`${cellClass} whitespace-nowrap max-md:hidden`}>
        <OutcomeBadge entry={entry} />
      </td>
    </tr>
  );
});

function byDay(entries: readonly ActivityEntry[]): { day: string; entries: ActivityEntry[] }[] {
  const days: { day: string; entries: ActivityEntry[] }[] = [];
  for (const entry of entries) {
    const day = date.format(entry.at * 1_000);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });
