import { useEffect, useRef, useState } from 'react';
import type { exportFormats } from '#contract/gateway/tickets.ts';
import { explainError } from '../../lib/explain-error.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { exportTicketsTo } from './export-request.ts';
import { ShortFileError } from './export-stream.ts';
import { chooseTarget, type FileTarget } from './export-target.ts';
import type { TicketList } from './ticket-list-data.ts';
import type { TicketListSearch } from './ticket-list-search.ts';
import { countText, ticketCount } from './ticket-list-words.ts';

interface ExportDialogProps {
  list: TicketList;
  sort: TicketListSearch['sort'];
  onClose: () => void;
}

type Format = (typeof exportFormats)[number];

type Progress =
  | { step: 'asked' }
  | { step: 'running'; written: number; expected: number | undefined }
  | { step: 'done'; written: number }
  | { step: 'failed'; error: unknown };

/** Takes the tickets of the list out as a file, and counts what comes. */
export function ExportDialog({ list, sort, onClose }: ExportDialogProps) {
  const [format, setFormat] = useState<Format>('csv');
  const [isExact, setIsExact] = useState(false);
  const [progress, setProgress] = useState<Progress>({ step: 'asked' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const isRunning = progress.step === 'running';

  async function start() {
    const target = await chooseTarget(`tickets.${format}`);
    if (target === undefined) return;
    const controller = new AbortController();
    running.current = controller;
    setProgress({ step: 'running', written: 0, expected: undefined });
    try {
      const written = await exportTicketsTo(target, {
        query: list.query,
        sort,
        format,
        isExact,
        signal: controller.signal,
        onProgress: (done, expected) => setProgress({ step: 'running', written: done, expected }),
      });
      setProgress({ step: 'done', written });
    } catch (error) {
      await discard(target);
      setProgress(controller.signal.aborted ? { step: 'asked' } : { step: 'failed', error });
    }
  }

  return (
    <Dialog
      open
      onClose={() => (isRunning ? running.current?.abort() : onClose())}
      title="Export tickets"
      description={
        list.total ? `${ticketCount(list.total)} that match the filters, with a column for each attribute.` : undefined
      }
      footer={
        progress.step === 'done' ? (
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        ) : (
          <>
            <Button onClick={() => (isRunning ? running.current?.abort() : onClose())}>
              {isRunning ? 'Cancel export' : 'Cancel'}
            </Button>
            {!isRunning && (
              <Button variant="primary" onClick={start}>
                {progress.step === 'failed' ? 'Retry' : 'Export'}
              </Button>
            )}
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {(progress.step === 'asked' || progress.step === 'failed') && (
          <>
            <Field label="Format" group>
              <Segmented
                options={[
                  { value: 'csv', label: 'CSV' },
                  { value: 'jsonl', label: 'JSON lines' },
                ]}
                value={format}
                onChange={setFormat}
              />
            </Field>
            {format === 'csv' && (
              <Checkbox
                label="Exact values"
                help="A spreadsheet runs cells that begin with = + - or @ as formulas. They get an apostrophe in front, unless you ask for the exact values, which is for programs."
                checked={isExact}
                onChange={({ target }) => setIsExact(target.checked)}
              />
            )}
          </>
        )}
        <ProgressWords progress={progress} />
      </div>
    </Dialog>
  );
}

function ProgressWords({ progress }: { progress: Progress }) {
  switch (progress.step) {
    case 'asked':
      return null;
    case 'running': {
      const { written, expected } = progress;
      const text = `${countText({ count: written, isEstimate: false })} of ${expected === undefined ? '…' : countText({ count: expected, isEstimate: false })} tickets written`;
      return (
        <div className="flex flex-col gap-2">
          <progress
            aria-label="Export"
            className="w-full accent-accent"
            value={expected === undefined ? undefined : written}
            max={expected || 1}
          />
          <p className="text-muted tabular-nums">{text}</p>
        </div>
      );
    }
    case 'done':
      return (
        <Alert
          tone="success"
          live="status"
          title={`${ticketCount({ count: progress.written, isEstimate: false })} exported`}
        >
          As many as there were to be, counted in the file.
        </Alert>
      );
    case 'failed':
      return <Failure error={progress.error} />;
  }
}

function Failure({ error }: { error: unknown }) {
  if (error instanceof ShortFileError) {
    const { written, expected } = error;
    const count = (of: number) => countText({ count: of, isEstimate: false });
    return (
      <Alert tone="danger" live="alert" title="The file is not whole">
        {`${count(written)} of ${expected === undefined ? 'an unknown number of' : count(expected)} tickets came. The file was not kept; try again.`}
      </Alert>
    );
  }
  const { title, text } = explainError(error);
  return (
    <Alert tone="danger" live="alert" title={title}>
      {text}
    </Alert>
  );
}

async function discard(target: FileTarget): Promise<void> {
  try {
    await target.discard();
  } catch {
    // What was not begun needs no end.
  }
}
