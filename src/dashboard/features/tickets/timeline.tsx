import ArrowDown from 'lucide-react/icons/arrow-down';
import { startTransition, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { TicketPart } from '#contract/tickets.ts';
import { Button } from '../../ui/button.tsx';
import { useTicketEditing } from './ticket-page-editing.tsx';
import { TimelineChanges } from './timeline-changes.tsx';
import { groupParts, isMessage, type PartGroup } from './timeline-groups.ts';
import { useNewParts } from './timeline-new-parts.ts';
import { TimelineMessage } from './timeline-part.tsx';

const none: readonly TicketPart[] = [];

// A screen's worth, so that a ticket shows at once; the others follow while nothing else is to be done.
const first = 8;
const step = 24;

/** What happened on the ticket, oldest first. */
export function Timeline() {
  const { ticket, isWriting } = useTicketEditing();
  const parts = ticket.ticket_parts?.ticket_parts ?? none;
  const total = ticket.ticket_parts?.total_count ?? 0;
  const groups = useMemo(() => groupParts(parts), [parts]);
  const end = useRef<HTMLDivElement>(null);
  const fresh = useNewParts(parts, isWriting);
  const { shown, showAll } = useGrowing(groups);
  const [isAtEnd, setIsAtEnd] = useState(true);
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(([entry]) => setIsAtEnd(entry?.isIntersecting === true));
    observer.observe(end.current);
    return () => observer.disconnect();
  }, []);

  function jump() {
    showAll();
    fresh.markSeen();
    requestAnimationFrame(() => end.current?.scrollIntoView({ block: 'end' }));
  }
  const hidden = total - parts.length;
  return (
    <section aria-labelledby="timeline" className="flex flex-col gap-2">
      <h2 id="timeline" className="font-semibold text-lg">
        Timeline
      </h2>
      {parts.length === 0 && <p className="text-muted">Nothing has happened on this ticket yet.</p>}
      {hidden > 0 && (
        <p className="rounded-md bg-hover px-3 py-2 text-muted text-sm">
          {hidden} earlier {hidden === 1 ? 'part is' : 'parts are'} not shown: the API gives the latest {parts.length}.
        </p>
      )}
      <ol className="flex flex-col gap-2">
        {shown.map((group) => (
          <TimelineGroup key={group.id} group={group} firstNewId={fresh.firstNewId} />
        ))}
      </ol>
      <div ref={end} />
      <div className="pointer-events-none sticky bottom-3 z-10 flex h-0 items-end justify-center" data-bottom-bar="">
        {(fresh.count > 0 || !isAtEnd) && parts.length > 0 && (
          <Button
            className="pointer-events-auto shadow-pop"
            size="sm"
            icon={<ArrowDown aria-hidden="true" />}
            onClick={jump}
          >
            {fresh.count > 0 ? `${fresh.count} new` : 'Jump to the latest'}
          </Button>
        )}
      </div>
      <p role="status" className="sr-only">
        {fresh.count > 0 && `${fresh.count} new in the timeline`}
      </p>
    </section>
  );
}

function TimelineGroup({ group: { parts }, firstNewId }: { group: PartGroup; firstNewId: string | undefined }) {
  const { teammates, ticket } = useTicketEditing();
  const [part] = parts;
  if (!part) return null;
  return (
    // What is out of sight is neither laid out nor painted, and the page's own search still finds it.
    <li className="[contain-intrinsic-size:auto_7rem] [content-visibility:auto]">
      {parts.some(({ id }) => id === firstNewId) && (
        <p className="mb-2 flex items-center gap-2 font-medium text-accent text-sm after:h-px after:flex-1 after:bg-line">
          New
        </p>
      )}
      {isMessage(part) ? (
        <TimelineMessage part={part} />
      ) : (
        <TimelineChanges parts={parts} teammates={teammates} type={ticket.ticket_type} />
      )}
    </li>
  );
}

/** The first groups now, and all of them bit by bit, without keeping anything else waiting. */
function useGrowing(groups: readonly PartGroup[]) {
  const [count, setCount] = useState(first);
  const grow = useEffectEvent(() => startTransition(() => setCount(count + step)));
  const isGrown = count >= groups.length;
  useEffect(() => {
    if (isGrown) return;
    const timer = setTimeout(grow, count === first ? 60 : 0);
    return () => clearTimeout(timer);
  }, [isGrown, count]);
  return { shown: isGrown ? groups : groups.slice(0, count), showAll: () => setCount(groups.length) };
}
