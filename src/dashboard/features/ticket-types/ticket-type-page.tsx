import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useParams } from 'react-router';
import { HistorySection } from '../../lib/activity/history-section.tsx';
import { AfterPaint } from '../../lib/after-paint.tsx';
import { requiredParam } from '../../lib/paths.ts';
import { sessionQueries } from '../../lib/session.ts';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { AttributesSection } from './attributes-section.tsx';
import { DetailsSection } from './details-section.tsx';
import { ticketTypeQueries } from './queries.ts';
import { TicketTypeHeader } from './ticket-type-header.tsx';

/** One ticket type: its details and its attributes. */
export function TicketTypePage() {
  const ticketTypeId = requiredParam(useParams(), 'ticketTypeId');
  const { data: ticketType } = useQuery(ticketTypeQueries.detail(ticketTypeId));
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-8 p-4 md:p-6">
      <title>{`${ticketType?.name ?? 'Ticket type'} · Deskbell`}</title>
      <TicketTypeHeader ticketType={ticketType} />
      <Suspense fallback={<PageSkeleton />}>
        <Sections key={ticketTypeId} ticketTypeId={ticketTypeId} />
      </Suspense>
    </div>
  );
}

function Sections({ ticketTypeId }: { ticketTypeId: string }) {
  // Whether to show a form or only its values is known before either is drawn.
  useSuspenseQuery(sessionQueries.current());
  const { data: ticketType } = useSuspenseQuery(ticketTypeQueries.detail(ticketTypeId));
  return (
    <>
      <DetailsSection ticketType={ticketType} />
      <AfterPaint>
        <AttributesSection ticketType={ticketType} />
        <HistorySection object={`/ticket_types/${ticketTypeId}`} />
      </AfterPaint>
    </>
  );
}

function PageSkeleton() {
  return (
    <Loading what="the ticket type">
      <div className="flex flex-col gap-4">
        <Skeleton className="h-8 max-w-2xl" />
        <Skeleton className="h-20 max-w-2xl" />
        <Skeleton className="h-8 max-w-md" />
        <Skeleton className="mt-4 h-48" />
      </div>
    </Loading>
  );
}
