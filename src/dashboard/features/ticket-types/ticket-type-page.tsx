import { useSuspenseQuery } from '@tanstack/react-query';
import Archive from 'lucide-react/icons/archive';
import ArchiveRestore from 'lucide-react/icons/archive-restore';
import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import Copy from 'lucide-react/icons/copy';
import Ellipsis from 'lucide-react/icons/ellipsis';
import LinkIcon from 'lucide-react/icons/link';
import Terminal from 'lucide-react/icons/terminal';
import { Suspense, useMemo } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { getTicketType, type TicketType } from '#contract/ticket-types.ts';
import { type Action, useActions } from '../../lib/actions.ts';
import { copyText } from '../../lib/copy-text.ts';
import { curlCommand } from '../../lib/curl-command.ts';
import { Emoji } from '../../lib/emoji/emoji.tsx';
import { paths, requiredParam } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { ArchiveDialog, useArchive } from './archive.tsx';
import { AttributesSection } from './attributes-section.tsx';
import { CategoryBadge } from './category-badge.tsx';
import { DetailsSection } from './details-section.tsx';
import { ticketTypeQueries } from './queries.ts';
import { filterTicketTypes, lastChange, parseTicketTypeSearch } from './ticket-type-filters.ts';
import { useTicketTypeActions } from './use-ticket-type-actions.ts';

/** One ticket type: its details and its attributes. */
export function TicketTypePage() {
  const ticketTypeId = requiredParam(useParams(), 'ticketTypeId');
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-8 p-4 md:p-6">
      <Suspense fallback={<PageSkeleton />}>
        <TicketTypeContent key={ticketTypeId} ticketTypeId={ticketTypeId} />
      </Suspense>
    </div>
  );
}

function TicketTypeContent({ ticketTypeId }: { ticketTypeId: string }) {
  const { data: ticketType } = useSuspenseQuery(ticketTypeQueries.detail(ticketTypeId));
  return (
    <>
      <title>{`${ticketType.name} · Deskbell`}</title>
      <Header ticketType={ticketType} />
      <DetailsSection ticketType={ticketType} />
      <AttributesSection ticketType={ticketType} />
    </>
  );
}

function Header({ ticketType }: { ticketType: TicketType }) {
  const { id, name, icon, archived } = ticketType;
  const archive = useArchive();
  const { ask } = archive;
  const { data: list } = useSuspenseQuery(ticketTypeQueries.list());
  const { previous, next } = useMemo(() => neighboursOf(id, list), [id, list]);
  useTicketTypeActions(list);
  const navigate = useNavigate();

  const actions = useMemo<Action[]>(() => {
    const group = 'This ticket type';
    const open = (label: string, shortcut: string, target: string | undefined): Action[] =>
      target ? [{ id: `ticket-type:${shortcut}`, label, group, shortcut, run: () => void navigate(target) }] : [];
    return [
      {
        id: 'ticket-type:archive',
        label: archived ? `Restore ${name}` : `Archive ${name}`,
        group,
        run: () => ask([ticketType], !archived),
      },
      { id: 'ticket-type:copy-id', label: 'Copy its id', group, run: () => void copyText(id, 'Id') },
      ...open('Next ticket type', 'j', next),
      ...open('Previous ticket type', 'k', previous),
    ];
  }, [ticketType, id, name, archived, ask, navigate, next, previous]);
  useActions(actions);

  return (
    <header className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <Link to={paths.ticketTypes.href()} className="text-muted text-sm hover:text-fg">
          Ticket types
        </Link>
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
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Emoji emoji={icon} size={28} />
        <h1 tabIndex={-1} className="min-w-0 font-semibold text-xl outline-none">
          {name}
        </h1>
        <CategoryBadge ticketType={ticketType} />
        {archived && <Badge>Archived</Badge>}
        <div className="ms-auto flex items-center gap-2">
          <Button icon={archived ? <ArchiveRestore /> : <Archive />} onClick={() => ask([ticketType], !archived)}>
            {archived ? 'Restore' : 'Archive'}
          </Button>
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
      </div>
      <p className="text-muted text-sm">
        Id <code className="font-mono">{id}</code> · changed <RelativeTime time={lastChange(ticketType)} />
      </p>
      <ArchiveDialog archive={archive} />
    </header>
  );
}

/** The addresses before and after this one in the list as it is by default. */
function neighboursOf(
  id: string,
  list: readonly TicketType[],
): { previous?: string | undefined; next?: string | undefined } {
  const isArchived = list.find((ticketType) => ticketType.id === id)?.archived ?? false;
  const ids = filterTicketTypes(list, {
    ...parseTicketTypeSearch(new URLSearchParams()),
    archived: isArchived ? 'true' : 'false',
  }).map((ticketType) => ticketType.id);
  const at = ids.indexOf(id);
  const hrefOf = (other: string | undefined) =>
    at === -1 || other === undefined ? undefined : paths.ticketType.href(other);
  return { previous: hrefOf(ids[at - 1]), next: hrefOf(ids[at + 1]) };
}

function PageSkeleton() {
  return (
    <Loading what="the ticket type">
      <div className="flex flex-col gap-4">
        <Skeleton className="h-7 w-56" />
        <Skeleton className="h-4 w-32" />
        <Skeleton className="mt-4 h-8 max-w-2xl" />
        <Skeleton className="h-20 max-w-2xl" />
        <Skeleton className="h-8 max-w-md" />
        <Skeleton className="mt-4 h-48" />
      </div>
    </Loading>
  );
}
