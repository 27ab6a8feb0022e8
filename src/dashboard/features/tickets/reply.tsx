import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { replyMessageTypes } from '#contract/tickets.ts';
import { type Action, useActions } from '../../lib/actions.ts';
import { useDraft } from '../../lib/draft.ts';
import type { RichTextHandle } from '../../lib/rich-text/rich-text-props.ts';
import { useMay } from '../../lib/session.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { type ReplyKind, replyDraft, replyKindLabels } from './reply-draft.ts';
import { ReplyForm } from './reply-form.tsx';
import { teammateQueries } from './teammate-queries.ts';
import { useTicketEditing } from './ticket-page-editing.tsx';
import { assigneeName } from './ticket-page-words.ts';

/** Where one answers the contact, or writes for one's teammates. */
export function Reply() {
  const { ticket } = useTicketEditing();
  const mayReply = useMay('replyTicket');
  if (!mayReply) return null;
  const isInternal = (ticket.category ?? ticket.ticket_type?.category) === 'Back-office';
  return <Composer key={ticket.id} ticketId={ticket.id} isInternal={isInternal} />;
}

function Composer({ ticketId, isInternal }: { ticketId: string; isInternal: boolean }) {
  const reason = useId();
  const drafts = {
    comment: useDraft(`ticket-reply:${ticketId}:comment`, replyDraft),
    note: useDraft(`ticket-reply:${ticketId}:note`, replyDraft),
    quick_reply: useDraft(`ticket-reply:${ticketId}:quick_reply`, replyDraft),
  };
  const usual = isInternal ? 'note' : 'comment';
  const begun = replyMessageTypes.find((kind) => (kind === 'note' || !isInternal) && drafts[kind].get() !== undefined);
  const [kind, setKind] = useState<ReplyKind>(begun ?? usual);
  // The editor is large: it comes when someone begins to write.
  const [isOpen, setIsOpen] = useState(begun !== undefined);
  const editor = useRef<RichTextHandle | null>(null);
  const author = useAuthor();
  // Whoever reads on for a moment finds it there when they write.
  useEffect(() => {
    const timer = setTimeout(() => void import('../../lib/rich-text/editor-area.tsx'), 1_000);
    return () => clearTimeout(timer);
  }, []);

  const write = useCallback((next: ReplyKind) => {
    setKind(next);
    setIsOpen(true);
    // Drawn by then; it takes the focus when it is there.
    requestAnimationFrame(() => editor.current?.focus());
  }, []);
  useReplyKeys(write, isInternal);

  return (
    <section
      aria-label="Write"
      aria-describedby={isInternal ? reason : undefined}
      className="flex flex-col gap-3 rounded-md border border-line bg-surface p-3"
    >
      <Segmented
        label="What to write"
        options={replyMessageTypes.map((value) => ({
          value,
          label: replyKindLabels[value],
          disabled: isInternal && value !== 'note',
        }))}
        value={kind}
        onChange={(next) => {
          setKind(next);
          setIsOpen(true);
        }}
      />
      {isInternal && (
        <p id={reason} className="text-muted text-sm">
          Back-office tickets stay among teammates: the contact cannot be answered here.
        </p>
      )}
      {isOpen ? (
        <ReplyForm key={kind} ref={editor} ticketId={ticketId} kind={kind} draft={drafts[kind]} author={author} />
      ) : (
        <button
          type="button"
          aria-keyshortcuts={kind === 'note' ? 'n' : 'r'}
          className="flex min-h-10 w-full items-center justify-between rounded-md border border-strong px-2.5 text-start text-muted hover:bg-hover"
          onClick={() => write(kind)}
        >
          {kind === 'note' ? 'Write a note' : 'Write a reply'}
          <span aria-hidden="true">
            <Kbd keys={kind === 'note' ? 'n' : 'r'} />
          </span>
        </button>
      )}
    </section>
  );
}

function useReplyKeys(write: (kind: ReplyKind) => void, isInternal: boolean) {
  const actions = useMemo<Action[]>(() => {
    const group = 'This ticket';
    return [
      ...(isInternal
        ? []
        : [{ id: 'ticket:reply', label: 'Reply', group, shortcut: 'r', run: () => write('comment') }]),
      { id: 'ticket:note', label: 'Write a note', group, shortcut: 'n', run: () => write('note') },
    ];
  }, [write, isInternal]);
  useActions(actions);
}

/** As whom one writes. */
function useAuthor(): string {
  const { teammates } = useTicketEditing();
  const { data: actor } = useQuery(teammateQueries.actor());
  if (!actor) return '';
  const name = assigneeName(actor.admin_id, teammates);
  return actor.is_own
    ? `You write as ${name}.`
    : `You write as ${name}: no teammate of the workspace has your e-mail address.`;
}
