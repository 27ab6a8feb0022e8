import MoreHorizontal from 'lucide-react/icons/ellipsis';
import X from 'lucide-react/icons/x';
import { lazy, Suspense, useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { BulkKind } from './bulk-dialog.tsx';
import type { BulkTarget } from './bulk-target.ts';
import { targetCount } from './bulk-target.ts';
import type { TicketList } from './ticket-list-data.ts';
import { countText } from './ticket-list-words.ts';

const BulkDialog = lazy(async () => ({ default: (await import('./bulk-dialog.tsx')).BulkDialog }));

interface BulkBarProps {
  selectedIds: readonly string[];
  list: TicketList;
  onClear: () => void;
}

const buttons: { kind: BulkKind; label: string }[] = [
  { kind: 'state', label: 'State' },
  { kind: 'assign', label: 'Assign' },
  { kind: 'tags', label: 'Tags' },
  { kind: 'attribute', label: 'Attribute' },
];

const more: { kind: BulkKind; label: string }[] = [
  { kind: 'snooze', label: 'Snooze' },
  { kind: 'close', label: 'Close' },
  { kind: 'open', label: 'Open' },
  { kind: 'share', label: 'Share with the contact' },
  { kind: 'unshare', label: 'Stop sharing' },
];

/** How many rows are selected, and what can be done with all of them. */
export function BulkBar({ selectedIds, list, onClear }: BulkBarProps) {
  const [isAll, setIsAll] = useState(false);
  const [kind, setKind] = useState<BulkKind | null>(null);
  const [selectedFor, setSelectedFor] = useState(selectedIds);
  // Whoever takes a row out of all of them means the others that are on view.
  if (selectedFor !== selectedIds) {
    setSelectedFor(selectedIds);
    setIsAll(isAll && selectedIds.length >= selectedFor.length);
  }
  const { total } = list;
  const selected = new Set(selectedIds);
  const target: BulkTarget =
    isAll && total
      ? { kind: 'query', query: list.query, total }
      : { kind: 'rows', rows: list.rows.filter(({ id }) => selected.has(id)) };
  const hasMore = total !== undefined && total.count > selectedIds.length;

  return (
    <div
      role="toolbar"
      aria-label="Selected tickets"
      data-bottom-bar=""
      className="z-20 flex max-w-full shrink-0 animate-slide flex-wrap items-center gap-2 self-center rounded-md bg-raised p-2 shadow-pop"
    >
      <span role="status" className="px-2 tabular-nums">
        {countText(targetCount(target))} selected
      </span>
      {hasMore && !isAll && (
        <Button size="sm" variant="ghost" onClick={() => setIsAll(true)}>
          {`Select all ${countText(total)} that match`}
        </Button>
      )}
      {isAll && (
        <Button size="sm" variant="ghost" onClick={() => setIsAll(false)}>
          {`Select only ${countText({ count: selectedIds.length, isEstimate: false })}`}
        </Button>
      )}
      {buttons.map(({ kind: one, label }) => (
        <Button key={one} size="sm" onClick={() => setKind(one)}>
          {label}
        </Button>
      ))}
      <Menu
        label="More for the selected tickets"
        side="top"
        trigger={(props) => <IconButton {...props} size="sm" label="More" icon={<MoreHorizontal />} />}
        items={more.map(({ kind: one, label }) => ({ label, onSelect: () => setKind(one) }))}
      />
      <IconButton size="sm" label="Clear the selection" shortcut="Escape" icon={<X />} onClick={onClear} />
      <Suspense>
        {kind !== null && <BulkDialog kind={kind} target={target} onClose={() => setKind(null)} onStarted={onClear} />}
      </Suspense>
    </div>
  );
}
