import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { memo, useId, useState } from 'react';
import type { TicketType } from '#contract/ticket-types.ts';
import type { TicketPart } from '#contract/tickets.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import type { Teammates } from './ticket-page-words.ts';
import { authorName, partInWords } from './timeline-words.ts';

interface ChangesProps {
  parts: TicketPart[];
  teammates: Teammates;
  type: TicketType | null | undefined;
}

/** What one author set in a row: in one line, which several unfold from. */
export const TimelineChanges = memo(function TimelineChanges({ parts, teammates, type }: ChangesProps) {
  const [isUnfolded, setIsUnfolded] = useState(false);
  const id = useId();
  const [first] = parts;
  if (!first) return null;
  const name = authorName(first);
  const last = parts.at(-1) ?? first;
  const words = partInWords(last, teammates, type);
  if (parts.length === 1) return <Line name={name} words={words} part={first} />;
  const Fold = isUnfolded ? ChevronDown : ChevronRight;
  return (
    <div>
      <button
        type="button"
        aria-expanded={isUnfolded}
        aria-controls={isUnfolded ? id : undefined}
        className="flex min-h-7 w-full flex-wrap items-center gap-x-1.5 rounded-md px-3 text-start text-muted text-sm hover:bg-hover"
        onClick={() => setIsUnfolded(!isUnfolded)}
      >
        <Fold aria-hidden="true" className="size-3.5 shrink-0 rtl:-scale-x-100" />
        <span dir="auto" className="font-medium">
          {name}
        </span>
        <span>made {parts.length} changes, last</span>
        <span dir="auto" className="min-w-0 break-words">
          {words}
        </span>
        <RelativeTime time={last.created_at} className="ms-auto" />
      </button>
      {isUnfolded && (
        <ol id={id} className="ms-4">
          {parts.map((part) => (
            <li key={part.id}>
              <Line name={name} words={partInWords(part, teammates, type)} part={part} />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
});

function Line({ name, words, part }: { name: string; words: string; part: TicketPart }) {
  return (
    <p className="flex min-h-7 flex-wrap items-center gap-x-1.5 px-3 text-muted text-sm">
      <span dir="auto" className="font-medium">
        {name}
      </span>
      <span dir="auto" className="min-w-0 break-words">
        {words}
      </span>
      <RelativeTime time={part.created_at} focusable className="ms-auto" />
    </p>
  );
}
