import Lock from 'lucide-react/icons/lock';
import type { ReactNode } from 'react';
import type { TicketType } from '#contract/ticket-types.ts';
import { useNeededRoles } from '../../lib/session.ts';
import { CategoryBadge } from './category-badge.tsx';
import { categoryHelp, fromTicketType, ticketTypeLabels } from './ticket-type-form.ts';

/** The ticket type's own values for whom they are not to be changed. */
export function ReadOnlyDetails({ ticketType }: { ticketType: TicketType }) {
  const { description, category } = fromTicketType(ticketType);
  const needed = useNeededRoles('updateTicketType');
  return (
    <>
      <p className="flex items-start gap-2 text-muted">
        <Lock aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        You can read this ticket type. Changing it needs the role {needed}.
      </p>
      <dl className="grid max-w-3xl gap-x-6 gap-y-4 sm:grid-cols-[8rem_1fr]">
        <Value label={ticketTypeLabels.description}>
          {description === '' ? (
            <span className="text-muted">None</span>
          ) : (
            <p className="whitespace-pre-wrap">{description}</p>
          )}
        </Value>
        <Value label={ticketTypeLabels.category}>
          <CategoryBadge ticketType={ticketType} />
          <p className="mt-1 text-muted text-sm">{categoryHelp[category]}</p>
        </Value>
      </dl>
    </>
  );
}

function Value({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted max-sm:-mb-3">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
