import { useMutation } from '@tanstack/react-query';
import Send from 'lucide-react/icons/send-horizontal';
import { type KeyboardEvent, type Ref, useRef, useState } from 'react';
import { ApiError } from '../../lib/api-error.ts';
import { useCreateKeys } from '../../lib/create-keys.ts';
import type { useDraft } from '../../lib/draft.ts';
import { ErrorAlert } from '../../lib/error-alert.tsx';
import { RichTextEditor } from '../../lib/rich-text/rich-text-editor.tsx';
import type { RichTextHandle } from '../../lib/rich-text/rich-text-props.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast-store.ts';
import { tooltip } from '../../ui/tooltip.ts';
import { ticketMutations } from './queries.ts';
import { ReplyAttachments } from './reply-attachments.tsx';
import { emptyDraft, isEmptyDraft, type ReplyDraft, type ReplyKind, replyKindLabels, toReply } from './reply-draft.ts';
import { ReplyOptions } from './reply-options.tsx';

interface ReplyFormProps {
  ticketId: string;
  kind: ReplyKind;
  draft: ReturnType<typeof useDraft<ReplyDraft>>;
  /** As whom one writes, as a sentence. */
  author: string;
  ref: Ref<RichTextHandle>;
}

/** One message being written. What is written is kept until it is sent. */
export function ReplyForm({ ticketId, kind, draft: kept, author, ref }: ReplyFormProps) {
  const [draft, setDraft] = useState<ReplyDraft>(() => kept.get() ?? emptyDraft);
  const [isRestored, setIsRestored] = useState(() => !isEmptyDraft(draft));
  const [problem, setProblem] = useState<string>();
  const { mutateAsync, error, reset, isPending } = useMutation(ticketMutations.reply(ticketId));
  const { keyOf, forget } = useCreateKeys();
  const isSending = useRef<boolean>(false);
  const label = replyKindLabels[kind];

  function change(next: Partial<ReplyDraft>) {
    const changed = { ...draft, ...next };
    setDraft(changed);
    setProblem(undefined);
    kept.set(isEmptyDraft(changed) ? undefined : changed);
  }
  function drop() {
    setDraft(emptyDraft);
    setIsRestored(false);
    kept.set(undefined);
    reset();
  }

  async function send() {
    if (isSending.current) return;
    const reply = toReply(kind, draft);
    if ('problem' in reply) return setProblem(reply.problem);
    isSending.current = true;
    try {
      await mutateAsync({ body: reply.body, idempotencyKey: keyOf('reply', reply.body) });
      forget('reply');
      drop();
      toast({ title: `${label} sent`, tone: 'success' });
    } catch (failure) {
      // What was refused did not happen: sending it again is another one.
      if (failure instanceof ApiError && !failure.isOutcomeUnknown) forget('reply');
    } finally {
      isSending.current = false;
    }
  }
  function handleKey(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    void send();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: mod+Enter sends from wherever one is in the form
    <div className="flex flex-col gap-3" onKeyDown={handleKey}>
      {isRestored && (
        <Alert
          live="status"
          actions={
            <Button size="sm" onClick={drop}>
              Discard
            </Button>
          }
        >
          This is a draft that you did not send.
        </Alert>
      )}
      {kind === 'quick_reply' ? (
        <ReplyOptions options={draft.options} onChange={(options) => change({ options })} />
      ) : (
        <>
          <RichTextEditor
            ref={ref}
            label={kind === 'note' ? 'Note, for teammates only' : 'Reply to the contact'}
            placeholder={kind === 'note' ? 'Write a note' : 'Write a reply'}
            value={draft.html}
            onChange={(html) => change({ html })}
            onSubmit={send}
            isDisabled={isPending}
          />
          <ReplyAttachments files={draft.files} onChange={(files) => change({ files })} />
        </>
      )}
      {problem && (
        <Alert tone="danger" live="alert">
          {problem}
        </Alert>
      )}
      {error?.isOutcomeUnknown && (
        <Alert tone="danger" live="alert" title="It is not known whether this was sent">
          The connection was lost before the answer came. If it is not in the timeline, send it again: it arrives once.
        </Alert>
      )}
      {error && !error.isOutcomeUnknown && <ErrorAlert error={error} />}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-muted text-sm">{author}</p>
        <Button
          variant="primary"
          icon={<Send aria-hidden="true" className="rtl:-scale-x-100" />}
          pending={isPending}
          onClick={send}
          {...tooltip(`Send ${label.toLowerCase()}`, 'mod+Enter')}
        >
          Send {label.toLowerCase()}
        </Button>
      </div>
    </div>
  );
}
