import { useQuery } from '@tanstack/react-query';
import Archive from 'lucide-react/icons/archive';
import ArchiveRestore from 'lucide-react/icons/archive-restore';
import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import Copy from 'lucide-react/icons/copy';
import Ellipsis from 'lucide-react/icons/ellipsis';
import LinkIcon from 'lucide-react/icons/link';
import Terminal from 'lucide-react/icons/terminal';
import { useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { getTicketType, type TicketType } from '#contract/ticket-types.ts';
import { type Action, useActions } from '../../lib/actions.ts';
import { AfterPaint } from '../../lib/after-paint.tsx';
import { copyText } from '../../lib/copy-text.ts';
import { curlCommand } from '../../lib/curl-command.ts';
import { Emoji } from '../../lib/emoji/emoji.tsx';
import { paths } from '../../lib/paths.ts';
import { useMay } from '../../lib/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { CategoryBadge } from './category-badge.tsx';
import { ticketTypeQueries } from './queries.ts';
import { filterTicketTypes, lastChange, parseTicketTypeSearch } from './ticket-type-filters.ts';
import { useArchive } from './use-archive.tsx';
import { useTicketTypeActions } from './use-ticket-type-actions.ts';

const none: readonly TicketType[] = [];

/** Which ticket type this is and what can be done with it. Stands, and can take the focus, before its data has come. */
export function TicketTypeHeader({ ticketType }: { ticketType: TicketType | undefined }) {
  const archive = useArchive();
  const mayUpdate = useMay('updateTicketType');
  const actions = useMemo<Action[]>(() => {
    if (!ticketType) return [];
    const group = 'This ticket type';
    const { id, name, archived } = ticketType;
    return [
      ...(mayUpdate
        ? [
            {
              id: 'ticket-type:archive',
              label: archived ? `Restore ${name}` : `Archive ${name}`,
              group,
              run: () => archive.ask([ticketType], !archived),
            },
          ]
        : []),
      { id: 'ticket-type:copy-id', label: 'Copy its id', group, run: () => void copyText(id, 'Id') },
    ];
  }, [ticketType, mayUpdate, archive.ask]);
  useActions(actions);

  return (
    <header className="flex flex-col gap-2">
      <div className="flex min-h-8 items-center justify-between gap-2">
        <Link to={paths.ticketTypes.href()} className="text-muted text-sm hover:text-fg">
          Ticket types
        </Link>
        <AfterPaint>
          <Neighbours ticketType={ticketType} />
        </AfterPaint>
      </div>
      <div className="flex min-h-8 flex-wrap items-center gap-3">
        <span className="size-7 shrink-0">
          {ticketType && (
            <AfterPaint>
              <Emoji emoji={ticketType.icon} size={28} />
            </AfterPaint>
          )}
        </span>
        <h1 tabIndex={-1} className="min-w-0 font-semibold text-xl outline-none">
          {ticketType?.name ?? 'Ticket type'}
        </h1>
        {ticketType && (
          <AfterPaint>
            <CategoryBadge ticketType={ticketType} />
            {ticketType.archived && <Badge>Archived</Badge>}
            <Controls ticketType={ticketType} mayUpdate={mayUpdate} onArchive={archive.ask} />
          </AfterPaint>
        )}
      </div>
      <p className="min-h-5 text-muted text-sm">
        {ticketType && (
          <AfterPaint>
            Id <code className="font-mono">{ticketType.id}</code> · changed{' '}
            <RelativeTime time={lastChange(ticketType)} />
          </AfterPaint>
        )}
      </p>
      {archive.question}
    </header>
  );
}

/** The ways to the ticket types before and after this one, by button, key and palette. */
function Neighbours({ ticketType }: { ticketType: TicketType | undefined }) {
  const { data: list = none } = useQuery(ticketTypeQueries.list());
  const { previous, next } = useMemo(() => neighboursOf(ticketType, list), [ticketType, list]);
  const navigate = useNavigate();
  useTicketTypeActions(list);

  const actions = useMemo<Action[]>(() => {
    const open = (label: string, shortcut: string, target: string | undefined): Action[] =>
      target
        ? [
            {
              id: `ticket-type:${shortcut}`,
              label,
              group: 'This ticket type',
              shortcut,
              run: () => void navigate(target),
            },
          ]
        : [];
    return [...open('Next ticket type', 'j', next), ...open('Previous ticket type', 'k', previous)];
  }, [navigate, next, previous]);
  useActions(actions);

  return (
    <div className="flex items-center gap-1">
      <IconButton
        label="Previous ticket type"
        shortcut="k"
        icon={<ChevronUp />}
        disabled={!previous}
        onClick={() => previous && void navigate(previous)}
      />
      <IconButton
        label="Next ticket type"
        shortcut="j"
        icon={<ChevronDown />}
        disabled={!next}
        onClick={() => next && void navigate(next)}
      />
    </div>
  );
}

interface ControlsProps {
  ticketType: TicketType;
  mayUpdate: boolean;
  onArchive: (ticketTypes: TicketType[], archived: boolean) => void;
}

function Controls({ ticketType, mayUpdate, onArchive }: ControlsProps) {
  const { id, name, archived } = ticketType;
  return (
    <div className="ms-auto flex items-center gap-2">
      {mayUpdate && (
        <Button icon={archived ? <ArchiveRestore /> : <Archive />} onClick={() => onArchive([ticketType], !archived)}>
          {archived ? 'Restore' : 'Archive'}
        </Button>
      )}
      <Menu
        label={`More for ${name}`}
        trigger={(props) => <IconButton {...props} label={`More for ${name}`} icon={<Ellipsis />} />}
        items={[
          { label: 'Copy id', icon: <Copy />, onSelect: () => void copyText(id, 'Id') },
          { label: 'Copy link', icon: <LinkIcon />, onSelect: () => void copyText(window.location.href, 'Link') },
          {
            label: 'Copy as cURL',
            icon: <Terminal />,
            onSelect: () => void copyText(curlCommand(getTicketType, { ticket_type_id: id }), 'Command'),
          },
        ]}
      />
    </div>
  );
}

/** The addresses before and after this one in the list as it is by default. */
function neighboursOf(
  ticketType: TicketType | undefined,
  list: readonly TicketType[],
): { previous?: string | undefined; next?: string | undefined } {
  const ids = filterTicketTypes(list, {
    ...parseTicketTypeSearch(new URLSearchParams()),
    archived: ticketType?.archived ? 'true' : 'false',
  }).map(({ id }) => id);
  const at = ids.indexOf(ticketType?.id ?? '');
  const hrefOf = (other: string | undefined) =>
    at === -1 || other === undefined ? undefined : paths.ticketType.href(other);
  return { previous: hrefOf(ids[at - 1]), next: hrefOf(ids[at + 1]) };
}
