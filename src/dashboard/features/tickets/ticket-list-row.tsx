import AlarmClock from 'lucide-react/icons/alarm-clock';
import type { TicketRow } from '#contract/gateway/tickets.ts';
import { nobody, type TicketState, ticketStateLabels } from '#contract/ticket-states.ts';
import { Emoji } from '../../lib/emoji/emoji.tsx';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/class-names.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import type { TicketDirectory } from './ticket-list-queries.ts';

const dots: Record<TicketState, string> = {
  submitted: 'border-2 border-strong',
  in_progress: 'bg-accent',
  waiting_on_customer: 'bg-warning',
  resolved: 'bg-success',
};

/** How far the work is: a dot, and the word that it stands for. */
export function StateWord({ state }: { state: TicketState }) {
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden="true" className={cx('size-2 shrink-0 rounded-full', dots[state])} />
      {ticketStateLabels[state]}
    </span>
  );
}

/** What a ticket is called. */
export const rowTitle = ({ title, number }: TicketRow): string => title || `Ticket #${number}`;

export function TitleCell({ row }: { row: TicketRow }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span dir="auto" className="min-w-0 truncate">
        {rowTitle(row)}
      </span>
      <Marks row={row} />
    </span>
  );
}

/** That it is put off, or closed. */
function Marks({ row: { open, snoozed_until: until } }: { row: TicketRow }) {
  if (until !== null && open !== false) {
    return (
      <Badge tone="warning">
        <AlarmClock aria-hidden="true" />
        Snoozed
      </Badge>
    );
  }
  return open === false && <Badge>Closed</Badge>;
}

export function TypeCell({ row: { ticket_type_id: id }, types }: { row: TicketRow } & Pick<TicketDirectory, 'types'>) {
  const type = id === null ? undefined : types.get(id);
  if (type === undefined) return null;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Emoji emoji={type.icon} size={16} />
      <span dir="auto" className="truncate">
        {type.name}
      </span>
    </span>
  );
}

export const contactName = ({ contact }: TicketRow): string => contact?.name || contact?.email || '';

/** The name of the teammate or, where there is none, of the team; "" for nobody. */
function assigneeOf(row: TicketRow, { admins, teams }: TicketDirectory): string {
  const { admin_assignee_id: admin, team_assignee_id: team } = row;
  if (admin !== nobody) return admins.get(admin) ?? '';
  return team === nobody ? '' : (teams.get(team) ?? '');
}

export function AssigneeCell({ row, directory }: { row: TicketRow; directory: TicketDirectory }) {
  const name = assigneeOf(row, directory);
  const isNobody = row.admin_assignee_id === nobody && row.team_assignee_id === nobody;
  return isNobody ? <span className="text-faint">Nobody</span> : <span dir="auto">{name}</span>;
}

export function TagsCell({ row: { tags } }: { row: TicketRow }) {
  return (
    <span className="inline-flex items-center gap-1">
      {tags.map(({ id, name }) => (
        <Badge key={id}>{name}</Badge>
      ))}
    </span>
  );
}

/** A ticket in two lines, for a phone. */
export function NarrowRow({ row, directory }: { row: TicketRow; directory: TicketDirectory }) {
  const aside = [`#${row.number}`, contactName(row), assigneeOf(row, directory) || 'Nobody'].filter(Boolean);
  return (
    <span className="flex min-w-0 flex-col gap-0.5">
      <span className="flex min-w-0 items-center gap-2 font-medium">
        <TitleCell row={row} />
        <RelativeTime time={row.updated_at} className="ms-auto shrink-0 font-normal text-muted" />
      </span>
      <span className="flex min-w-0 gap-2 text-muted">
        <StateWord state={row.state} />
        <span dir="auto" className="min-w-0 truncate">
          {aside.join(' · ')}
        </span>
      </span>
    </span>
  );
}
