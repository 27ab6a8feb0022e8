import { type FormEvent, useId, useState } from 'react';
import { useStartBatch } from '../../lib/batches/use-batches.ts';
import { ErrorAlert } from '../../lib/error-alert.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { BulkAttribute } from './bulk-attribute.tsx';
import { BulkAssignee, BulkSnooze, BulkState, BulkTags } from './bulk-forms.tsx';
import { type BulkDraft, type BulkFormProps, type BulkTarget, targetCount, toBatchTickets } from './bulk-target.ts';
import { countText, ticketCount } from './ticket-list-words.ts';

const titles = {
  state: 'Change the state',
  assign: 'Assign',
  tags: 'Add and remove tags',
  attribute: 'Change an attribute',
  snooze: 'Snooze',
  close: 'Close',
  open: 'Open',
  share: 'Share with the contact',
  unshare: 'Stop sharing',
} as const;
export type BulkKind = keyof typeof titles;

const forms: Partial<Record<BulkKind, (props: BulkFormProps) => React.ReactNode>> = {
  state: BulkState,
  assign: BulkAssignee,
  tags: BulkTags,
  attribute: BulkAttribute,
  snooze: BulkSnooze,
};

const settled: Partial<Record<BulkKind, BulkDraft>> = {
  close: { change: { open: false }, words: 'closed' },
  open: { change: { open: true }, words: 'opened; those that are snoozed come back' },
  share: { change: { is_shared: true }, words: 'shared with the contact' },
  unshare: { change: { is_shared: false }, words: 'shared with the contact no longer' },
};

/** From so many tickets on, one is asked once more. */
const askedFrom = 100;

interface BulkDialogProps {
  kind: BulkKind;
  target: BulkTarget;
  onClose: () => void;
  onStarted: () => void;
}

/** Asks what to write, says to how many tickets, and begins. */
export function BulkDialog({ kind, target, onClose, onStarted }: BulkDialogProps) {
  const formId = useId();
  const [draft, setDraft] = useState(settled[kind]);
  const [isAsking, setIsAsking] = useState(false);
  const { start, isPending, error } = useStartBatch();
  const Form = forms[kind];
  const concerned = draft?.target ?? target;
  const count = targetCount(concerned);
  const label = `Change ${ticketCount(count)}`;
  const isNobody = count.count === 0 && !count.isEstimate;

  async function begin() {
    if (draft === undefined) return;
    try {
      await start({ kind: 'change', tickets: toBatchTickets(concerned), change: draft.change });
    } catch {
      setIsAsking(false);
      return;
    }
    onClose();
    onStarted();
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (draft === undefined || isNobody) return;
    if (count.count >= askedFrom) setIsAsking(true);
    else void begin();
  }

  return (
    <>
      <Dialog
        open
        onClose={onClose}
        title={`${titles[kind]}: ${ticketCount(targetCount(target))}`}
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              variant="primary"
              type="submit"
              form={formId}
              pending={isPending}
              disabled={draft === undefined || isNobody}
              data-autofocus={Form ? undefined : ''}
            >
              {label}
            </Button>
          </>
        }
      >
        <form id={formId} className="flex flex-col gap-4" onSubmit={submit}>
          {Form && <Form target={target} onChange={setDraft} />}
          <p role="status" className="text-muted">
            {draft
              ? `${sentenceStart(countText(count), count.count)} ${draft.words}.`
              : 'Nothing is written until you have chosen what.'}
          </p>
          {error && <ErrorAlert error={error} />}
        </form>
      </Dialog>
      <ConfirmDialog
        open={isAsking}
        onClose={() => setIsAsking(false)}
        title={`${label}?`}
        confirmLabel={label}
        pending={isPending}
        onConfirm={begin}
      >
        {draft && `${sentenceStart(countText(count), count.count)} ${draft.words}. `}
        You can pause it at any time, and undo it when it is done.
      </ConfirmDialog>
    </>
  );
}

function sentenceStart(count: string, of: number): string {
  const text = `${count} ${of === 1 ? 'ticket' : 'tickets'} will be`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
