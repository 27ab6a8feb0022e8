import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { type Batch, type BatchAction, exportBatchProblems } from '#contract/gateway/batches.ts';
import { fillPath } from '#contract/request.ts';
import type { TicketType } from '#contract/ticket-types.ts';
import { batchMutations } from '../../lib/batches/batch-queries.ts';
import { useBatch } from '../../lib/batches/use-batches.ts';
import { ErrorAlert } from '../../lib/error-alert.tsx';
import { ErrorPanel } from '../../lib/error-panel.tsx';
import { paths } from '../../lib/paths.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { importQueries } from './import-queries.ts';

interface ImportProgressProps {
  batchId: string;
  ticketTypes: TicketType[];
  onStartOver: () => void;
}

/** What became of an import: the check's result, then how the writing goes on. */
export function ImportProgress({ batchId, ticketTypes, onStartOver }: ImportProgressProps) {
  const { data: batch, error, refetch } = useBatch(batchId);
  if (batch === undefined) {
    if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
    return (
      <Loading what="the import">
        <Skeleton className="h-40" />
      </Loading>
    );
  }
  const { input } = batch;
  const type = input.kind === 'import' ? ticketTypes.find(({ id }) => id === input.ticket_type_id) : undefined;
  return (
    <>
      <p>
        <span className="font-medium">{input.kind === 'import' ? input.file_name : 'Import'}</span>
        {type && `, tickets of the type ${type.name}`}
      </p>
      <State batch={batch} onStartOver={onStartOver} />
      {batch.failed > 0 && <Problems batch={batch} />}
    </>
  );
}

const rows = (count: number) => (count === 1 ? 'one row' : `${count.toLocaleString()} rows`);
const tickets = (count: number) => (count === 1 ? 'one ticket' : `${count.toLocaleString()} tickets`);

function State({ batch, onStartOver }: { batch: Batch; onStartOver: () => void }) {
  const { mutate, isPending, error } = useMutation(batchMutations.control());
  const send = (action: BatchAction) => mutate({ id: batch.id, action });
  const [isAsking, setIsAsking] = useState(false);
  const { status, total, failed, done } = batch;
  const right = total - failed;
  const startOver = (
    <Button variant="ghost" onClick={onStartOver}>
      Choose another file
    </Button>
  );

  if (status === 'collecting') {
    return (
      <Alert tone="warning" title="The rows were not all handed over" actions={startOver}>
        The connection was lost, or the page was closed, while the file was read. Nothing was created. Choose the file
        again.
      </Alert>
    );
  }
  if (status === 'checking') return <Bar label="Checking" now={done + failed} total={total} />;
  if (status === 'checked') {
    return (
      <>
        <Alert
          tone={failed === 0 ? 'success' : 'warning'}
          live="status"
          title={failed === 0 ? `All ${rows(total)} are right` : `${rows(right)} are right, ${rows(failed)} are not`}
          actions={
            <>
              {right > 0 && (
                <Button variant="primary" pending={isPending} onClick={() => setIsAsking(true)}>
                  Create {tickets(right)}
                </Button>
              )}
              {startOver}
            </>
          }
        >
          Nothing has been created yet.
          {failed > 0 && ' Rows with problems are left out; take them out as a file, mend it, and import that.'}
        </Alert>
        {error && <ErrorAlert error={error} />}
        <ConfirmDialog
          open={isAsking}
          title={`Create ${tickets(right)}?`}
          confirmLabel={`Create ${tickets(right)}`}
          onConfirm={() => {
            setIsAsking(false);
            send('start');
          }}
          onClose={() => setIsAsking(false)}
        >
          <p>
            Tickets cannot be deleted. Taking the import back resolves and closes what it created.
            {failed > 0 && ` ${rows(failed)} with problems are left out.`}
          </p>
        </ConfirmDialog>
      </>
    );
  }
  if (status === 'running' || status === 'paused') {
    return (
      <>
        <Bar label={status === 'paused' ? 'Paused' : 'Creating tickets'} now={done + failed} total={total} />
        {error && <ErrorAlert error={error} />}
        <div className="flex gap-2">
          <Button pending={isPending} onClick={() => send(status === 'paused' ? 'resume' : 'pause')}>
            {status === 'paused' ? 'Resume' : 'Pause'}
          </Button>
          <Button variant="ghost" pending={isPending} onClick={() => send('cancel')}>
            Cancel
          </Button>
        </div>
      </>
    );
  }
  const isDone = status === 'done';
  const title = isDone
    ? `${tickets(done)} created`
    : status === 'canceled'
      ? 'The import was canceled'
      : 'The import stopped';
  return (
    <Alert
      tone={isDone && failed === 0 ? 'success' : 'warning'}
      live="status"
      title={title}
      actions={
        <>
          <Link to={paths.tickets.href()} className={buttonClass({ variant: 'primary' })}>
            Show tickets
          </Link>
          <Button variant="ghost" onClick={onStartOver}>
            Import another file
          </Button>
        </>
      }
    >
      {!isDone && `${tickets(done)} had been created. `}
      {batch.problem}
      {failed > 0 && ` ${rows(failed)} were left out.`}
    </Alert>
  );
}

function Bar({ label, now, total }: { label: string; now: number; total: number }) {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex justify-between gap-4 text-sm tabular-nums">
        <span>{label}</span>
        <span className="text-muted">
          {now.toLocaleString()} of {total.toLocaleString()}
        </span>
      </div>
      <progress aria-label={label} value={now} max={Math.max(total, 1)} className="h-2 w-full accent-accent" />
    </div>
  );
}

function Problems({ batch }: { batch: Batch }) {
  const {
    data: items = [],
    error,
    refetch,
    hasNextPage,
    fetchNextPage,
    isFetchingNextPage,
  } = useInfiniteQuery(importQueries.problems(batch.id));
  return (
    <section aria-labelledby="import-problems" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="import-problems" className="font-semibold">
          Problems
        </h2>
        <a
          href={fillPath(exportBatchProblems.path, { batch_id: batch.id })}
          download
          className={buttonClass({ size: 'sm' })}
        >
          Download {rows(batch.failed)} as CSV
        </a>
      </div>
      {error && items.length === 0 && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      <ul className="divide-y divide-line rounded-md border border-line">
        {items.map(({ position, line, object_name: name, error_message: message }) => (
          <li key={position} className="flex flex-wrap gap-x-4 px-3 py-1.5 text-sm">
            <span className="w-20 shrink-0 text-muted tabular-nums">Row {line}</span>
            <span dir="auto" className="min-w-0 max-w-72 truncate">
              {name}
            </span>
            <span className="min-w-0 flex-1 text-danger">{message}</span>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button size="sm" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </section>
  );
}
