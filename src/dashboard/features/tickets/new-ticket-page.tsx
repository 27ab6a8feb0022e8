import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { TicketType } from '#contract/ticket-types.ts';
import { EmojiSheet } from '../../lib/emoji/emoji.tsx';
import { ErrorPanel } from '../../lib/error-panel.tsx';
import { paths } from '../../lib/paths.ts';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ticketTypeQueries } from '../ticket-types/queries.ts';
import { NewTicketForm } from './new-ticket-form.tsx';
import { lastTicketType } from './new-ticket-memory.ts';
import { TicketTypeField } from './ticket-type-field.tsx';

/** The page on which a ticket is made: its type first, then what the type asks for. */
export function NewTicketPage() {
  const { data, error, refetch } = useQuery(ticketTypeQueries.list());
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6 p-4 md:p-6">
      <title>Create ticket · Deskbell</title>
      <div>
        <Link to={paths.tickets.href()} className="text-muted text-sm hover:text-fg">
          Tickets
        </Link>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h1 tabIndex={-1} className="font-semibold text-xl outline-none">
            Create ticket
          </h1>
          <Link to={paths.importTickets.href()} className={buttonClass({ variant: 'ghost', size: 'sm' })}>
            Import from a file
          </Link>
        </div>
      </div>
      {data ? (
        <ChooseType ticketTypes={data.filter(({ archived }) => !archived)} />
      ) : error ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton className="h-40" />
      )}
    </div>
  );
}

function ChooseType({ ticketTypes }: { ticketTypes: TicketType[] }) {
  const [search, setSearch] = useSearchParams();
  const [remembered] = useState(() => lastTicketType.get());
  const asked = search.get('type') ?? remembered;
  const ticketType = ticketTypes.find(({ id }) => id === asked) ?? ticketTypes[0];
  if (ticketType === undefined) {
    return (
      <EmptyState
        title="There is no ticket type to create a ticket of"
        action={
          <Link to={paths.ticketTypes.href()} className={buttonClass({ variant: 'primary' })}>
            Show ticket types
          </Link>
        }
      >
        An admin creates one first, or restores one that was archived.
      </EmptyState>
    );
  }
  return (
    <EmojiSheet emojis={ticketTypes.map(({ icon }) => icon)}>
      <TicketTypeField
        ticketTypes={ticketTypes}
        value={ticketType.id}
        help={ticketType.description || undefined}
        onChange={(id) => {
          lastTicketType.set(id);
          setSearch({ type: id }, { replace: true });
        }}
      />
      {/* Each type has a form, and a draft, of its own. */}
      <NewTicketForm key={ticketType.id} ticketType={ticketType} />
    </EmojiSheet>
  );
}
