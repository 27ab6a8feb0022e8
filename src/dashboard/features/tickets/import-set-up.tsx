import { useMutation } from '@tanstack/react-query';
import Download from 'lucide-react/icons/download';
import FileUp from 'lucide-react/icons/file-up';
import { type DragEvent, useMemo, useRef, useState } from 'react';
import type { TicketType } from '#contract/ticket-types.ts';
import { EmojiSheet } from '../../lib/emoji/emoji.tsx';
import { ErrorAlert } from '../../lib/error-alert.tsx';
import { LeaveGuard } from '../../lib/leave-guard.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { ImportColumns, ImportPreview } from './import-columns.tsx';
import { type CsvTable, readCsvFile, toCsvText, UnreadableFile } from './import-file.ts';
import { guessMapping, type Mapping, missingTargets, sampleRows, targetsOf, toImportRow } from './import-mapping.ts';
import { importMutations } from './import-queries.ts';
import { TicketTypeField } from './ticket-type-field.tsx';

interface ImportSetUpProps {
  ticketTypes: TicketType[];
  onUploaded: (batchId: string) => void;
}

/** The first step: the type, the file, and what its columns are. */
export function ImportSetUp({ ticketTypes, onUploaded }: ImportSetUpProps) {
  const [typeId, setTypeId] = useState(ticketTypes[0]?.id);
  const ticketType = ticketTypes.find(({ id }) => id === typeId);
  const [table, setTable] = useState<CsvTable>();
  const [unreadable, setUnreadable] = useState<string | null>(null);

  async function read(file: File | undefined) {
    if (file === undefined) return;
    setTable(undefined);
    setUnreadable(null);
    try {
      setTable(await readCsvFile(file));
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      setUnreadable(error.message);
    }
  }

  if (ticketType === undefined) return <Alert title="There is no ticket type to import tickets of" />;
  return (
    <EmojiSheet emojis={ticketTypes.map(({ icon }) => icon)}>
      <TicketTypeField ticketTypes={ticketTypes} value={ticketType.id} onChange={setTypeId} />
      <FileField table={table} onFile={(file) => void read(file)} ticketType={ticketType} />
      {unreadable !== null && <Alert tone="danger" live="alert" title={unreadable} />}
      {table && <MapAndCheck key={`${ticketType.id} ${table.fileName}`} {...{ ticketType, table, onUploaded }} />}
    </EmojiSheet>
  );
}

interface FileFieldProps {
  table: CsvTable | undefined;
  ticketType: TicketType;
  onFile: (file: File | undefined) => void;
}

function FileField({ table, ticketType, onFile }: FileFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    onFile(event.dataTransfer.files[0]);
  };
  return (
    <section
      aria-label="File"
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={cx(
        'flex flex-col items-center gap-3 rounded-md border border-strong border-dashed p-6 text-center',
        isOver && 'bg-selected',
      )}
    >
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv,text/plain"
        aria-label="CSV file"
        className="sr-only"
        tabIndex={-1}
        onChange={({ target }) => {
          onFile(target.files?.[0]);
          // The same file, mended, may be chosen again.
          target.value = '';
        }}
      />
      <p>
        {table ? (
          <>
            <span className="font-medium">{table.fileName}</span>, {table.rows.length.toLocaleString()} rows
          </>
        ) : (
          'Drop a CSV file here, or choose one.'
        )}
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        <Button icon={<FileUp />} variant={table ? 'secondary' : 'primary'} onClick={() => input.current?.click()}>
          {table ? 'Choose another file' : 'Choose a file'}
        </Button>
        <Button icon={<Download />} variant="ghost" onClick={() => downloadSample(ticketType)}>
          Download a sample file
        </Button>
      </div>
    </section>
  );
}

function downloadSample(ticketType: TicketType) {
  const url = URL.createObjectURL(new Blob(['\uFEFF', toCsvText(sampleRows(ticketType))], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${ticketType.name} sample.csv`;
  link.click();
  URL.revokeObjectURL(url);
}

function MapAndCheck({
  ticketType,
  table,
  onUploaded,
}: { table: CsvTable; ticketType: TicketType } & Pick<ImportSetUpProps, 'onUploaded'>) {
  const targets = useMemo(() => targetsOf(ticketType), [ticketType]);
  const [mapping, setMapping] = useState<Mapping>(() => guessMapping(table.headings, targets));
  const [upload] = useState(importMutations.upload);
  const { mutate, error, isPending } = useMutation(upload);
  const [sent, setSent] = useState(0);
  const missing = missingTargets(mapping, targets);
  const mapped = useMemo(() => {
    const byKey = new Map(targets.map((target) => [target.key, target]));
    return table.rows.map((row) => toImportRow(row, mapping, byKey));
  }, [table, mapping, targets]);
  const wrong = mapped.filter(({ problems }) => problems.length > 0).length;
  const count = table.rows.length;

  return (
    <>
      <LeaveGuard isDirty={isPending} />
      <ImportColumns {...{ table, targets, mapping, onChange: setMapping }} />
      <ImportPreview {...{ table, targets, mapping, mapped }} />
      {missing.length > 0 && (
        <Alert tone="warning" title="Some columns are missing">
          Every ticket of this type needs {new Intl.ListFormat('en').format(missing)}. Choose the column for each above.
        </Alert>
      )}
      {error && <ErrorAlert error={error} />}
      <div className="flex flex-wrap items-center justify-end gap-3">
        <p role="status" className="text-muted text-sm">
          {isPending
            ? `${sent.toLocaleString()} of ${count.toLocaleString()} rows handed over`
            : wrong > 0 && `${wrong.toLocaleString()} of ${count.toLocaleString()} rows have something wrong`}
        </p>
        <Button
          variant="primary"
          pending={isPending}
          disabled={missing.length > 0}
          onClick={() =>
            mutate(
              {
                ticketTypeId: ticketType.id,
                fileName: table.fileName,
                rows: mapped.map(({ row }) => row),
                onProgress: setSent,
              },
              { onSuccess: ({ id }) => queueMicrotask(() => onUploaded(id)) },
            )
          }
        >
          {count === 1 ? 'Check one row' : `Check ${count.toLocaleString()} rows`}
        </Button>
      </div>
    </>
  );
}
