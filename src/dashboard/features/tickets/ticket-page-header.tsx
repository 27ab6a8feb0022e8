import Copy from 'lucide-react/icons/copy';
import Ellipsis from 'lucide-react/icons/ellipsis';
import LinkIcon from 'lucide-react/icons/link';
import Pencil from 'lucide-react/icons/pencil';
import Terminal from 'lucide-react/icons/terminal';
import { useMemo, useState } from 'react';
import { defaultAttributeNames } from '#contract/ticket-types.ts';
import { getTicket, type Ticket, ticketTitle } from '#contract/tickets.ts';
import { type Action, useActions } from '../../lib/actions.ts';
import { AfterPaint } from '../../lib/after-paint.tsx';
import { copyText } from '../../lib/copy-text.ts';
import { curlCommand } from '../../lib/curl-command.ts';
import { Emoji } from '../../lib/emoji/emoji.tsx';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useTicketEditing } from './ticket-page-editing.tsx';
import { TicketStateBadge } from './ticket-page-state.tsx';
import { TicketTextEditor } from './ticket-page-text.tsx';
import { attributeNamed, ticketName } from './ticket-page-words.ts';

/** Which ticket this is: its type, title, number and state. */
export function TicketHeader() {
  const { ticket, mayUpdate } = useTicketEditing();
  const [isEditing, setIsEditing] = useState(false);
  const { ticket_type: type } = ticket;
  const title = attributeNamed(type, defaultAttributeNames.title);
  const mayEdit = mayUpdate && !title?.archived;
  useHeaderActions(ticket.id, mayEdit, setIsEditing);

  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex min-h-6 flex-wrap items-center gap-2 text-muted text-sm">
        {type && (
          <span className="inline-flex min-w-0 items-center gap-1.5">
            <span className="size-4 shrink-0">
              <AfterPaint>
                <Emoji emoji={type.icon} size={16} />
              </AfterPaint>
            </span>
            <span dir="auto" className="truncate">
              {type.name}
            </span>
          </span>
        )}
        <span className="tabular-nums">#{ticket.ticket_id ?? ticket.id}</span>
        <TicketStateBadge ticket={ticket} />
        {ticket.open === false && <Badge>Closed</Badge>}
        {ticket.snoozed_until && <Badge tone="warning">Snoozed</Badge>}
        <span>
          changed <RelativeTime time={ticket.updated_at} focusable />
        </span>
      </div>
      <div className="flex items-start gap-2">
        <h1
          tabIndex={-1}
          dir="auto"
          className={isEditing ? 'sr-only' : 'min-w-0 flex-1 break-words font-semibold text-xl outline-none'}
        >
          {ticketName(ticket)}
        </h1>
        {isEditing ? (
          <TicketTextEditor
            name={defaultAttributeNames.title}
            label="Title"
            value={ticketTitle(ticket)}
            isRequired={title?.required_to_create === true}
            onDone={() => setIsEditing(false)}
          />
        ) : (
          <AfterPaint>
            {mayEdit && (
              <IconButton label="Edit the title" shortcut="e" icon={<Pencil />} onClick={() => setIsEditing(true)} />
            )}
            <MoreMenu ticket={ticket} />
          </AfterPaint>
        )}
      </div>
    </div>
  );
}

function useHeaderActions(id: string, mayEdit: boolean, setIsEditing: (isEditing: boolean) => void) {
  const actions = useMemo<Action[]>(() => {
    const group = 'This ticket';
    return [
      ...(mayEdit
        ? [{ id: 'ticket:title', label: 'Edit the title', group, shortcut: 'e', run: () => setIsEditing(true) }]
        : []),
      { id: 'ticket:copy-id', label: 'Copy its id', group, run: () => void copyText(id, 'Id') },
      { id: 'ticket:copy-link', label: 'Copy its link', group, run: () => void copyText(window.location.href, 'Link') },
    ];
  }, [id, mayEdit, setIsEditing]);
  useActions(actions);
}

function MoreMenu({ ticket: { id } }: { ticket: Ticket }) {
  return (
    <Menu
      label="More for this ticket"
      trigger={(props) => <IconButton {...props} label="More for this ticket" icon={<Ellipsis />} />}
      items={[
        { label: 'Copy id', icon: <Copy />, onSelect: () => void copyText(id, 'Id') },
        { label: 'Copy link', icon: <LinkIcon />, onSelect: () => void copyText(window.location.href, 'Link') },
        {
          label: 'Copy as cURL',
          icon: <Terminal />,
          onSelect: () => void copyText(curlCommand(getTicket, { ticket_id: id }), 'Command'),
        },
      ]}
    />
  );
}
