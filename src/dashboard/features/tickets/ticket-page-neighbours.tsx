import { useQueryClient } from '@tanstack/react-query';
import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import { useEffect, useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { type Action, useActions } from '../../lib/actions.ts';
import { paths } from '../../lib/paths.ts';
import { IconButton } from '../../ui/button.tsx';
import { prefetchTicket } from './queries.ts';
import { lastTicketList } from './ticket-list-context.ts';

/** How many tickets before the end of what was read of the list the next ones are read. */
const nearEnd = 5;

/** The way back to the list, and to the tickets before and after this one in it. */
export function TicketNeighbours({ ticketId }: { ticketId: string }) {
  const [list, setList] = useState(lastTicketList);
  const navigate = useNavigate();
  const client = useQueryClient();
  const at = list?.ids.indexOf(ticketId) ?? -1;
  const previous = at === -1 ? undefined : list?.ids[at - 1];
  const next = at === -1 ? undefined : list?.ids[at + 1];
  useEffect(() => {
    if (next !== undefined) prefetchTicket(next);
  }, [next]);

  const isNearEnd = list !== undefined && at >= list.ids.length - nearEnd;
  useEffect(() => {
    if (!isNearEnd) return undefined;
    let isGone = false;
    // Where it fails, the next ticket tries again.
    import('./ticket-list-further.ts')
      .then(({ readFurther }) => readFurther(client, list))
      .then(
        (further) => !isGone && setList(further),
        () => {},
      );
    return () => {
      isGone = true;
    };
  }, [client, isNearEnd, list]);

  const actions = useMemo<Action[]>(() => {
    const open = (label: string, shortcut: string, target: string | undefined): Action[] =>
      target === undefined
        ? []
        : [
            {
              id: `ticket:${shortcut}`,
              label,
              group: 'This ticket',
              shortcut,
              run: () => void navigate(paths.ticket.href(target)),
            },
          ];
    return [...open('Next ticket', 'j', next), ...open('Previous ticket', 'k', previous)];
  }, [navigate, next, previous]);
  useActions(actions);

  const button = (label: string, shortcut: string, target: string | undefined, icon: React.ReactNode) => (
    <IconButton
      label={label}
      shortcut={shortcut}
      icon={icon}
      disabled={target === undefined}
      onPointerEnter={() => target !== undefined && prefetchTicket(target)}
      onClick={() => target !== undefined && void navigate(paths.ticket.href(target))}
    />
  );
  return (
    <div className="flex min-h-8 items-center gap-1">
      <Link to={list?.href ?? paths.tickets.href()} className="me-auto text-muted text-sm hover:text-fg">
        Tickets
      </Link>
      {list && at !== -1 && (
        <span className="me-1 text-muted text-sm tabular-nums">
          {at + 1} of {list.ids.length}
          {list.next !== null && '+'}
        </span>
      )}
      {button('Previous ticket', 'k', previous, <ChevronUp />)}
      {button('Next ticket', 'j', next, <ChevronDown />)}
    </div>
  );
}
