import Archive from 'lucide-react/icons/archive';
import ArchiveRestore from 'lucide-react/icons/archive-restore';
import Copy from 'lucide-react/icons/copy';
import LinkIcon from 'lucide-react/icons/link';
import Pencil from 'lucide-react/icons/pencil';
import { memo, type Ref } from 'react';
import { Link, useNavigate } from 'react-router';
import type { TicketType } from '#contract/ticket-types.ts';
import { copyText } from '../../lib/copy-text.ts';
import { Emoji } from '../../lib/emoji/emoji.tsx';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Menu } from '../../ui/menu.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { cellClass, rowClass, rowLinkClass } from '../../ui/table.tsx';
import { CategoryBadge } from './category-badge.tsx';
import { activeAttributeCount, lastChange } from './ticket-type-filters.ts';

interface RowProps {
  ref?: Ref<HTMLTableRowElement> | undefined;
  ticketType: TicketType;
  mayUpdate: boolean;
  isSelected: boolean;
  onToggle: (id: string, isRange: boolean) => void;
  onArchive: (ticketTypes: TicketType[], archived: boolean) => void;
}

export const TicketTypeRow = memo(function TicketTypeRow({
  ref,
  ticketType,
  mayUpdate,
  isSelected,
  onToggle,
  onArchive,
}: RowProps) {
  const { id, name, description, icon, archived } = ticketType;
  return (
    <tr ref={ref} className={rowClass} aria-selected={isSelected}>
      {mayUpdate && (
        <td className={`${cellClass} w-10`}>
          <Checkbox
            label={`Select ${name}`}
            hideLabel
            className="relative z-1"
            checked={isSelected}
            onChange={(event) => {
              const { nativeEvent } = event;
              onToggle(id, 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true);
            }}
          />
        </td>
      )}
      <td className={`${cellClass} max-w-0 w-full`}>
        <div className="flex items-center gap-3">
          <Emoji emoji={icon} size={20} />
          <div className="min-w-0">
            <div className="flex items-center gap-2">
              <Link to={paths.ticketType.href(id)} data-row={id} className={`${rowLinkClass} truncate`}>
                {name}
              </Link>
              {archived && <Badge>Archived</Badge>}
            </div>
            {description && <p className="truncate text-muted">{description}</p>}
            <p className="sm:hidden">
              <CategoryBadge ticketType={ticketType} />
            </p>
          </div>
        </div>
      </td>
      <td className={`${cellClass} whitespace-nowrap max-sm:hidden`}>
        <CategoryBadge ticketType={ticketType} />
      </td>
      <td className={`${cellClass} max-md:hidden`}>{activeAttributeCount(ticketType)}</td>
      <td className={`${cellClass} whitespace-nowrap text-muted max-sm:hidden`}>
        <RelativeTime time={lastChange(ticketType)} className="relative z-1" />
      </td>
      <td className={`${cellClass} w-10`}>
        <RowMenu ticketType={ticketType} mayUpdate={mayUpdate} onArchive={onArchive} />
      </td>
    </tr>
  );
});

/** An ellipsis of one element: a list has one in each row. */
function Dots() {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" stroke="currentColor" strokeWidth={2} strokeLinecap="round">
      <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" />
    </svg>
  );
}

function RowMenu({ ticketType, mayUpdate, onArchive }: Pick<RowProps, 'ticketType' | 'mayUpdate' | 'onArchive'>) {
  const navigate = useNavigate();
  const { id, name, archived } = ticketType;
  const href = paths.ticketType.href(id);
  return (
    <Menu
      label={`Actions for ${name}`}
      trigger={(props) => (
        <IconButton {...props} size="sm" className="z-1" label={`Actions for ${name}`} icon={<Dots />} />
      )}
      items={[
        ...(mayUpdate ? [{ label: 'Edit', icon: <Pencil />, onSelect: () => void navigate(href) }] : []),
        { label: 'Copy id', icon: <Copy />, onSelect: () => void copyText(id, 'Id') },
        {
          label: 'Copy link',
          icon: <LinkIcon />,
          onSelect: () => void copyText(new URL(href, window.location.href).href, 'Link'),
        },
        ...(mayUpdate
          ? [
              'separator' as const,
              archived
                ? { label: 'Restore', icon: <ArchiveRestore />, onSelect: () => onArchive([ticketType], false) }
                : { label: 'Archive', icon: <Archive />, onSelect: () => onArchive([ticketType], true) },
            ]
          : []),
      ]}
    />
  );
}
