import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Contact } from '#contract/contacts.ts';
import type { TicketRow } from '#contract/gateway/tickets.ts';
import { explainError } from '../../lib/explain-error.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { companyQueries, contactQueries, prefetchTicket, ticketQueries } from './queries.ts';
import { useTicketEditing } from './ticket-page-editing.tsx';
import { TicketStateBadge } from './ticket-page-state.tsx';

const latest = 5;

/** Whom the ticket is of: the contact, their company, and what else they asked. */
export function PropertyPeople() {
  const { ticket } = useTicketEditing();
  const [contact] = ticket.contacts.contacts;
  return (
    <>
      {contact ? (
        <ContactCard contactId={contact.id} />
      ) : (
        <Card label="Contact">
          <p className="text-muted">This ticket has no contact.</p>
        </Card>
      )}
      {ticket.company_id && <CompanyCard companyId={ticket.company_id} />}
      {contact && <OtherTickets contactId={contact.id} ticketId={ticket.id} />}
    </>
  );
}

function Card({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section aria-label={label} className="flex flex-col gap-2 rounded-md border border-line bg-surface p-3">
      <h2 className="font-semibold">{label}</h2>
      {children}
    </section>
  );
}

/** What stands in a card while there is nothing to show. */
function CardState({ what, error, onRetry }: { what: string; error: unknown; onRetry: () => unknown }) {
  if (!error) {
    return (
      <Loading what={what}>
        <Skeleton className="h-16" />
      </Loading>
    );
  }
  const { title, text } = explainError(error);
  return (
    <div role="alert" className="flex flex-col items-start gap-1">
      <p className="font-medium">{title}</p>
      <p className="text-muted text-sm">{text}</p>
      <Button size="sm" onClick={onRetry}>
        Retry
      </Button>
    </div>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">{children}</dl>;
}

/** One of the facts; nothing where it is not known. */
function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (children === undefined || children === null || children === '') return null;
  return (
    <div className="contents">
      <dt className="text-muted text-sm">{label}</dt>
      <dd dir="auto" className="min-w-0 break-words text-end">
        {children}
      </dd>
    </div>
  );
}

function ContactCard({ contactId }: { contactId: string }) {
  const { data, error, refetch } = useQuery(contactQueries.detail(contactId));
  return (
    <Card label="Contact">
      {data ? (
        <>
          <p className="flex flex-wrap items-center gap-2">
            <span dir="auto" className="min-w-0 break-words font-medium">
              {data.name || data.email || data.external_id || 'No name'}
            </span>
            <Badge>{data.role === 'lead' ? 'Lead' : 'User'}</Badge>
          </p>
          <Facts>
            <Fact label="E-mail">{data.email}</Fact>
            <Fact label="Phone">{data.formatted_phone ?? data.phone}</Fact>
            <Fact label="Location">{placeOf(data)}</Fact>
            <Fact label="Last seen">
              {data.last_seen_at ? <RelativeTime time={data.last_seen_at} focusable /> : undefined}
            </Fact>
          </Facts>
        </>
      ) : (
        <CardState what="the contact" error={error} onRetry={refetch} />
      )}
    </Card>
  );
}

function placeOf({ location }: Contact): string {
  return [location?.city, location?.region, location?.country].filter(Boolean).join(', ');
}

function CompanyCard({ companyId }: { companyId: string }) {
  const { data, error, refetch } = useQuery(companyQueries.byCompanyId(companyId));
  if (data === null) return null;
  return (
    <Card label="Company">
      {data ? (
        <>
          <p dir="auto" className="break-words font-medium">
            {data.name || data.company_id || 'No name'}
          </p>
          <Facts>
            <Fact label="Industry">{data.industry}</Fact>
            <Fact label="Plan">{data.plan?.name}</Fact>
            <Fact label="Size">{data.size}</Fact>
            <Fact label="Website">{data.website}</Fact>
          </Facts>
        </>
      ) : (
        <CardState what="the company" error={error} onRetry={refetch} />
      )}
    </Card>
  );
}

function OtherTickets({ contactId, ticketId }: { contactId: string; ticketId: string }) {
  const { data, error, refetch } = useQuery(ticketQueries.ofContact(contactId));
  const others = data?.data.filter(({ id }) => id !== ticketId).slice(0, latest);
  return (
    <Card label="Other tickets">
      {others ? (
        <>
          {others.length === 0 && <p className="text-muted">This contact has no other ticket.</p>}
          <ul className="flex flex-col gap-2">
            {others.map((row) => (
              <OtherTicket key={row.id} row={row} />
            ))}
          </ul>
        </>
      ) : (
        <CardState what="other tickets" error={error} onRetry={refetch} />
      )}
    </Card>
  );
}

function OtherTicket({ row: { id, number, title, state, updated_at } }: { row: TicketRow }) {
  const prefetch = () => prefetchTicket(id);
  return (
    <li className="flex flex-col gap-0.5">
      <Link
        to={paths.ticket.href(id)}
        dir="auto"
        className="truncate hover:underline"
        onPointerEnter={prefetch}
        onFocus={prefetch}
      >
        {title || `Ticket #${number}`}
      </Link>
      <span className="flex items-center gap-2 text-muted text-sm">
        <TicketStateBadge ticket={{ ticket_state: state }} />
        <RelativeTime time={updated_at} />
      </span>
    </li>
  );
}
