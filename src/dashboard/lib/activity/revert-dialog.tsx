import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ActivityEntry } from '#contract/gateway/activity.ts';
import { Alert } from '../../ui/alert.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast-store.ts';
import { ApiError } from '../api-error.ts';
import { ErrorAlert } from '../error-alert.tsx';
import { ErrorPanel } from '../error-panel.tsx';
import { activityMutations, activityQueries } from './activity-queries.ts';
import { ChangesTable } from './changes-table.tsx';
import { isSameValue, objectInWords } from './entry-words.ts';

interface RevertDialogProps {
  entry: ActivityEntry;
  /** Back to where it was opened, with nothing done. */
  onClose: () => void;
  onDone: () => void;
}

/** Asks before a change is taken back, with what was, what it became and what stands there now, field by field. */
export function RevertDialog({ entry, onClose, onDone }: RevertDialogProps) {
  const revert = useMutation(activityMutations.revert(entry.id));
  // While the change is taken back, what it is compared with must not be read under its feet.
  const preview = useQuery({
    ...activityQueries.revertPreview(entry.id),
    enabled: !revert.isPending && !revert.isSuccess,
  });
  const [isCompared, setIsCompared] = useState<'once' | 'again'>('once');
  const changes = preview.data?.changes ?? [];
  const changedSince = changes.filter(({ after, now }) => !isSameValue(after, now));
  const isAsBefore = preview.data !== undefined && changes.every(({ before, now }) => isSameValue(before, now));
  const name = objectInWords(entry);

  async function handleRevert() {
    if (!preview.data) return;
    try {
      await revert.mutateAsync(preview.data.unmodified_since);
      toast({ title: name === '' ? 'Change taken back' : `Change to ${name} taken back`, tone: 'success' });
      onDone();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status !== 412) return;
      await preview.refetch();
      setIsCompared('again');
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      size="lg"
      title={name === '' ? 'Take this change back?' : `Take this change to ${name} back?`}
      description="What was there before is written again, as a new change. The log keeps both."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={!preview.data || isAsBefore || preview.isFetching}
            pending={revert.isPending}
            onClick={handleRevert}
          >
            Take it back
          </Button>
        </>
      }
    >
      {preview.status === 'pending' ? (
        <Loading what="the comparison">
          <div className="flex flex-col gap-2">
            <Skeleton className="h-8" />
            <Skeleton className="h-8" />
          </div>
        </Loading>
      ) : preview.error ? (
        <ErrorPanel error={preview.error} onRetry={() => preview.refetch()} retrying={preview.isFetching} />
      ) : (
        <div className="flex flex-col gap-4">
          {isCompared === 'again' && (
            <Alert tone="warning" live="alert" title="Someone changed it while you were looking">
              Nothing was taken back. This is how it stands now; taking it back also replaces what is marked below.
            </Alert>
          )}
          {isAsBefore ? (
            <Alert tone="info" title="It is as it was before already">
              There is nothing to take back.
            </Alert>
          ) : (
            changedSince.length > 0 &&
            isCompared === 'once' && (
              <Alert tone="warning" title="Someone changed this since">
                Taking the change back also replaces what is marked below.
              </Alert>
            )
          )}
          <ChangesTable
            label="What would be taken back"
            columns={['Before', 'Changed to', 'Now']}
            rows={changes.map(({ field, before, after, now }) => ({
              field,
              values: [before, after, now],
              mark: !isSameValue(after, now) && <Badge tone="warning">Changed since</Badge>,
            }))}
          />
          {revert.error && revert.error.status !== 412 && <ErrorAlert error={revert.error} />}
        </div>
      )}
    </Dialog>
  );
}
