import Bot from 'lucide-react/icons/bot';
import Code from 'lucide-react/icons/code';
import Lock from 'lucide-react/icons/lock';
import { memo, useState } from 'react';
import type { TicketPart } from '#contract/tickets.ts';
import { initials } from '../../lib/initials.ts';
import { BodyView } from '../../lib/rich-text/body-view.tsx';
import { SafeHtml } from '../../lib/rich-text/safe-html.tsx';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { fileName } from './ticket-page-words.ts';
import { FileLink } from './timeline-files.tsx';
import { authorKind, authorName } from './timeline-words.ts';

/** A reply or a note. Notes are told by their word, their mark and their frame, not by colour alone. */
export const TimelineMessage = memo(function TimelineMessage({ part }: { part: TicketPart }) {
  const [hasViews, setHasViews] = useState(false);
  const { body, attachments, redacted, created_at } = part;
  const name = authorName(part);
  const kind = authorKind(part);
  const isNote = part.part_type === 'note';
  return (
    <article
      aria-label={`${isNote ? 'Note' : 'Reply'} by ${name}`}
      className={cx(
        'flex gap-3 rounded-md border p-3',
        isNote ? 'border-strong border-dashed bg-warning-soft' : 'border-line bg-surface',
      )}
    >
      <Avatar name={name} kind={kind} />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <header className="flex min-h-6 flex-wrap items-center gap-x-2 gap-y-0.5">
          <span dir="auto" className="min-w-0 break-words font-medium">
            {name}
          </span>
          {isNote && (
            <Badge tone="warning">
              <Lock aria-hidden="true" />
              Note, for teammates
            </Badge>
          )}
          {kind === 'contact' && <Badge>Contact</Badge>}
          {kind === 'bot' && <Badge>Bot</Badge>}
          <RelativeTime time={created_at} focusable className="text-muted text-sm" />
          {body && !redacted && (
            <IconButton
              size="sm"
              className="ms-auto"
              label="Other views"
              aria-pressed={hasViews}
              icon={<Code />}
              onClick={() => setHasViews(!hasViews)}
            />
          )}
        </header>
        <Body part={part} hasViews={hasViews} />
        {(attachments?.length ?? 0) > 0 && (
          <ul aria-label="Attachments" className="flex flex-col gap-1">
            {attachments?.map((file) => (
              <li key={file.url}>
                <FileLink url={file.url} name={fileName(file)} contentType={file.content_type} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </article>
  );
});

function Body({ part: { body, redacted, part_type: type }, hasViews }: { part: TicketPart; hasViews: boolean }) {
  if (redacted) return <p className="text-muted italic">This was removed.</p>;
  if (!body) return type === 'quick_reply' ? <p className="text-muted">Offered quick replies.</p> : null;
  return hasViews ? <BodyView html={body} label="View of this message" /> : <SafeHtml html={body} />;
}

/** The author's initials; the name stands beside it. */
function Avatar({ name, kind }: { name: string; kind: 'teammate' | 'contact' | 'bot' }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'inline-flex size-7 shrink-0 select-none items-center justify-center rounded-full font-medium text-xs [&_svg]:size-4',
        kind === 'teammate' ? 'bg-selected text-accent' : 'bg-hover text-muted',
      )}
    >
      {kind === 'bot' ? <Bot /> : initials(name)}
    </span>
  );
}
