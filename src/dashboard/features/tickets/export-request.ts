import { errorList } from '#contract/errors.ts';
import { type exportFormats, exportTickets, rowsExpectedHeader } from '#contract/gateway/tickets.ts';
import { queryString } from '#contract/request.ts';
import type { SearchQuery } from '#contract/search.ts';
import { ApiError } from '../../lib/api-error.ts';
import { createCsvCounter, createLineCounter, transferRecords } from './export-stream.ts';
import type { FileTarget } from './export-target.ts';
import { type TicketListSearch, toSort } from './ticket-list-search.ts';

interface ExportRequest {
  query: SearchQuery | undefined;
  sort: TicketListSearch['sort'];
  format: (typeof exportFormats)[number];
  isExact: boolean;
  signal: AbortSignal;
  onProgress: (written: number, expected: number | undefined) => void;
}

/** Writes the tickets to a file and answers with how many. Throws where it did not all come; the file is unfinished then. */
export async function exportTicketsTo(target: FileTarget, request: ExportRequest): Promise<number> {
  const { query, sort: sortedBy, format, isExact, signal, onProgress } = request;
  const { field: sort, order } = toSort(sortedBy);
  const exact = isExact ? 'true' : undefined;
  const parameters = { query: query && JSON.stringify(query), sort, order, format, exact };
  const response = await fetch(exportTickets.path + queryString(parameters), { signal }).catch((cause: unknown) => {
    if (signal.aborted) throw cause;
    throw new ApiError({ status: 0, code: 'unreachable', message: 'Deskbell’s server did not answer.' });
  });
  if (!response.ok || response.body === null) throw await refusalIn(response);
  const said = response.headers.get(rowsExpectedHeader);
  const expected = said !== null && /^\d+$/.test(said) ? Number(said) : undefined;
  let drawnAt = 0;
  const written = await transferRecords({
    body: response.body,
    expected,
    counter: format === 'csv' ? createCsvCounter() : createLineCounter(),
    write: target.write,
    onProgress: (records) => {
      // A hundred pieces a second are not a hundred drawings.
      if (performance.now() - drawnAt < 100) return;
      drawnAt = performance.now();
      onProgress(records, expected);
    },
  });
  await target.finish();
  return written;
}

async function refusalIn(response: Response): Promise<ApiError> {
  const answer: unknown = await response.json().catch(() => undefined);
  const [first] = errorList.safeParse(answer).data?.errors ?? [];
  return new ApiError({
    status: response.status,
    code: first?.code ?? 'unexpected_answer',
    message: first?.message ?? `The server answered with status ${response.status}.`,
    requestId: response.headers.get('x-request-id') ?? undefined,
  });
}
