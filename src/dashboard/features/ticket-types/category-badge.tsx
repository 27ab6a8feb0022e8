import type { TicketType } from '#contract/ticket-types.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';

const tones: Record<NonNullable<TicketType['category']>, Tone> = {
  Customer: 'accent',
  'Back-office': 'warning',
  Tracker: 'success',
};

/** The category, and whether only teammates see tickets of this type. */
export function CategoryBadge({ ticketType: { category, is_internal: isInternal } }: { ticketType: TicketType }) {
  const badge = category && <Badge tone={tones[category]}>{category}</Badge>;
  if (!isInternal || category === 'Back-office') return badge;
  return (
    <span className="inline-flex flex-wrap gap-1">
      {badge}
      <Badge>Internal</Badge>
    </span>
  );
}
