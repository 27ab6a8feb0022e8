import { useQuery } from '@tanstack/react-query';
import Pencil from 'lucide-react/icons/pencil';
import { useState } from 'react';
import { useParams } from 'react-router';
import { defaultAttributeNames } from '#contract/ticket-types.ts';
import { HistorySection } from '../../lib/activity/history-section.tsx';
import { AfterPaint } from '../../lib/after-paint.tsx';
import { requiredParam } from '../../lib/paths.ts';
import { useMay } from '../../lib/session.ts';
import { IconButton } from '../../ui/button.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { PropertiesPanel } from './properties-panel.tsx';
import { ticketQueries } from './queries.ts';
import { Reply } from './reply.tsx';
import { TicketEditingProvider, useTicketEditing } from './ticket-page-editing.tsx';
import { TicketHeader } from './ticket-page-header.tsx';
import { useLiveTicket } from './ticket-page-live.ts';
import { TicketNeighbours } from './ticket-page-neighbours.tsx';
import { TicketTextEditor } from './ticket-page-text.tsx';
import { attributeNamed, ticketName } from './ticket-page-words.ts';
import { Timeline } from './timeline.tsx';

const frame = 'mx-auto flex max-w-6xl flex-col gap-4 p-4 md:p-6';

/** One ticket: what it is about, what happened, and what it is set to. */
export function TicketPage() {
  const ticketId = requiredParam(useParams(), 'ticketId');
  // Without data there is nothing to show but why; with data, a failed refresh leaves it on view.
  const { data: ticket } = useQuery({
    ...ticketQueries.detail(ticketId),
    throwOnError: (_, { state }) => state.data === undefined,
  });
  useLiveTicket(ticketId);
  return (
    <div className={frame}>
      <title>{`${ticket ? ticketName(ticket) : 'Ticket'} · Deskbell`}</title>
      <TicketNeighbours ticketId={ticketId} />
      {ticket ? (
        <TicketEditingProvider key={ticketId} saved={ticket}>
          <Layout />
        </TicketEditingProvider>
      ) : (
        <PageSkeleton />
      )}
    </div>
  );
}

function Layout() {
  const { ticket } = useTicketEditing();
  return (
    <div className="grid items-start gap-x-6 gap-y-4 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr]">
      <div className="flex min-w-0 flex-col gap-4">
        <TicketHeader />
        <Description />
      </div>
      <div className="min-w-0 lg:sticky lg:top-16 lg:row-span-2 lg:-m-1 lg:max-h-[calc(100dvh-5rem)] lg:min-h-96 lg:overflow-y-auto lg:p-1">
        <AfterPaint>
          <PropertiesPanel />
        </AfterPaint>
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        <Timeline />
        <AfterPaint>
          <Reply />
          <History ticketId={ticket.id} />
        </AfterPaint>
      </div>
    </div>
  );
}

function Description() {
  const { ticket, mayUpdate } = useTicketEditing();
  const [isEditing, setIsEditing] = useState(false);
  const name = defaultAttributeNames.description;
  const attribute = attributeNamed(ticket.ticket_type, name);
  const value = ticket.ticket_attributes[name];
  const text = typeof value === 'string' ? value : '';
  return (
    <section aria-label="Description" className="flex items-start gap-2 rounded-md border border-line bg-surface p-3">
      {isEditing ? (
        <TicketTextEditor
          name={name}
          label="Description"
          value={text}
          isRequired={attribute?.required_to_create === true}
          multiline
          onDone={() => setIsEditing(false)}
        />
      ) : (
        <>
          <p dir="auto" className="min-w-0 flex-1 whitespace-pre-wrap break-words">
            {text || <span className="text-muted">No description</span>}
          </p>
          {mayUpdate && !attribute?.archived && (
            <IconButton size="sm" label="Edit the description" icon={<Pencil />} onClick={() => setIsEditing(true)} />
          )}
        </>
      )}
    </section>
  );
}

/** Folded, and read from the log only when it is unfolded. */
function History({ ticketId }: { ticketId: string }) {
  const [isOpen, setIsOpen] = useState(false);
  if (!useMay('listActivity')) return null;
  return (
    <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary className="min-h-6 font-medium text-muted text-sm hover:text-fg">Changes made through Deskbell</summary>
      <div className="pt-3">{isOpen && <HistorySection object={`/tickets/${ticketId}`} />}</div>
    </details>
  );
}

function PageSkeleton() {
  return (
    <Loading what="the ticket">
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex flex-col gap-4">
          <Skeleton className="h-6 max-w-xs" />
          <Skeleton className="h-8 max-w-lg" />
          <Skeleton className="h-20" />
          <Skeleton className="h-32" />
        </div>
        <Skeleton className="h-96" />
      </div>
    </Loading>
  );
}
