import { useMutation } from '@tanstack/react-query';
import Download from 'lucide-react/icons/download';
import { useId, useState } from 'react';
import { type Batch, type BatchAction, exportBatchProblems } from '#contract/gateway/batches.ts';
import { fillPath } from '#contract/request.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useSecondsUntil } from '../countdown.ts';
import { ErrorAlert } from '../error-alert.tsx';
import { BatchProblems } from './batch-problems.tsx';
import { batchMutations, rate } from './batch-queries.ts';
import {
  batchTitle,
  counted,
  isActive,
  isEnded,
  progressOf,
  progressText,
  rateText,
  statusWord,
  timeLeftText,
} from './batch-words.ts';

/** One batch: what it does, how far it is, and what can be done about it. */
export function BatchCard({ batch }: { batch: Batch }) {
  const id = useId();
  const { label, tone } = statusWord(batch);
  return (
    <li className="flex flex-col gap-2 border-line border-b px-5 py-4 last:border-b-0">
      <div className="flex items-start justify-between gap-3">
        <h3 id={id} className="min-w-0 break-words font-medium">
          <bdi>{batchTitle(batch)}</bdi>
        </h3>
        <Badge tone={tone}>{label}</Badge>
      </div>
      <Progress batch={batch} labelledBy={id} />
      {batch.problem && <p className="text-danger text-sm">{batch.problem}</p>}
      <p className="text-faint text-sm">
        {batch.person.name} · <RelativeTime time={batch.created_at} />
      </p>
      {batch.failed > 0 && <BatchProblems batch={batch} />}
      {batch.may_control && <Controls batch={batch} labelledBy={id} />}
    </li>
  );
}

function Progress({ batch, labelledBy }: { batch: Batch; labelledBy: string }) {
  const { settled, percent } = progressOf(batch);
  const perSecond = isActive(batch) ? rate.of(batch.id) : undefined;
  const waits = useSecondsUntil(batch.waits_until === null ? undefined : batch.waits_until * 1_000);
  const details = [
    batch.is_listed || batch.total > 0 ? progressText(batch) : 'Looking for the tickets',
    waits > 0 && `the workspace asks to wait ${waits} s`,
    perSecond !== undefined && perSecond > 0 && rateText(perSecond),
    perSecond !== undefined && perSecond > 0 && timeLeftText((batch.total - settled) / perSecond),
  ];
  return (
    <>
      <div
        role="progressbar"
        aria-labelledby={labelledBy}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={progressText(batch)}
        className="h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
      </div>
      <p className="text-muted text-sm tabular-nums">
        <bdi>{details.filter(Boolean).join(' · ')}</bdi>
      </p>
    </>
  );
}

type Question = 'cancel' | 'revert';

function Controls({ batch, labelledBy }: { batch: Batch; labelledBy: string }) {
  const { id, status, failed } = batch;
  const [asked, setAsked] = useState<Question>();
  const control = useMutation(batchMutations.control());
  const revert = useMutation(batchMutations.revert());
  const act = (action: BatchAction) => control.mutateAsync({ id, action }).catch(() => {});
  const error = control.error ?? revert.error;
  const described = { 'aria-describedby': labelledBy };

  return (
    <>
      <div className="flex flex-wrap gap-2 empty:hidden">
        {status === 'running' && (
          <Button {...described} size="sm" onClick={() => act('pause')}>
            Pause
          </Button>
        )}
        {(status === 'paused' || status === 'failed') && (
          <Button {...described} size="sm" variant="primary" onClick={() => act('resume')}>
            Resume
          </Button>
        )}
        {status === 'checked' && (
          <Button {...described} size="sm" variant="primary" onClick={() => act('start')}>
            {`Import ${counted(batch.total - failed, 'ticket')}`}
          </Button>
        )}
        {!isEnded(batch) && (
          <Button {...described} size="sm" onClick={() => setAsked('cancel')}>
            Cancel
          </Button>
        )}
        {batch.can_retry > 0 && (
          <Button {...described} size="sm" onClick={() => act('retry')}>
            {`Retry ${batch.can_retry.toLocaleString('en')} failed`}
          </Button>
        )}
        {failed > 0 && (
          <a
            {...described}
            className={buttonClass({ size: 'sm' })}
            href={fillPath(exportBatchProblems.path, { batch_id: id })}
            download
          >
            <Download aria-hidden="true" />
            {`Download ${counted(failed, 'failure')} (CSV)`}
          </a>
        )}
        {batch.can_revert && (
          <Button {...described} size="sm" onClick={() => setAsked('revert')}>
            Revert
          </Button>
        )}
      </div>
      {error && <ErrorAlert error={error} />}
      <ConfirmDialog
        open={asked === 'cancel'}
        onClose={() => setAsked(undefined)}
        title="Cancel this work?"
        confirmLabel="Cancel work"
        tone="danger"
        onConfirm={() => act('cancel').finally(() => setAsked(undefined))}
      >
        {`${counted(batch.total - progressOf(batch).settled, 'ticket')} will be left as they are. What is written stays; it can be reverted afterwards.`}
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'revert'}
        onClose={() => setAsked(undefined)}
        title="Revert this work?"
        confirmLabel={`Revert ${counted(batch.done, 'ticket')}`}
        tone="danger"
        onConfirm={() =>
          revert
            .mutateAsync(id)
            .catch(() => {})
            .finally(() => setAsked(undefined))
        }
      >
        {revertWords(batch)}
      </ConfirmDialog>
    </>
  );
}

function revertWords({ input: task, done }: Batch): string {
  if (task.kind === 'import') {
    return `The API cannot delete tickets: ${counted(done, 'imported ticket')} will be resolved and closed. One that someone has worked on since is left alone.`;
  }
  return `Up to ${counted(done, 'ticket')} get back the values that they had before. A ticket whose values someone has changed since is left alone, and listed as failed.`;
}
