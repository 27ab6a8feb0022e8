import { listAdmins } from '#contract/admins.ts';
import type { exportFormats } from '#contract/gateway/tickets.ts';
import type { Operation } from '#contract/operation.ts';
import type { SearchQuery } from '#contract/search.ts';
import { listTeams } from '#contract/teams.ts';
import { listTicketTypes } from '#contract/ticket-types.ts';
import type { Ticket } from '#contract/tickets.ts';
import { type Attempt, logActivity, type Outcome } from '../activity/log.ts';
import { csvLine } from '../csv.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import type { Upstream } from '../upstream.ts';
import { readAnswer } from '../upstream-answer.ts';
import type { ContactName, ContactNames } from './contact-names.ts';
import { attributeColumns, attributesOf, type Directory, fieldsOf, tableHeader, tableRow } from './export-columns.ts';
import { contactIdsOf } from './rows.ts';
import { findTickets, type TicketPage } from './search.ts';

interface Export {
  query: SearchQuery | undefined;
  sort: { field: string; order: string };
  format: (typeof exportFormats)[number];
  isExact: boolean;
  attempt: Attempt;
}

interface Format {
  header: string;
  line: (ticket: Ticket, names: ReadonlyMap<string, ContactName>) => string;
}

/**
 * Tickets as a file, written page by page as it is read; what breaks on the way breaks the stream. Throws a `Refusal`
 * where it cannot begin.
 */
export async function startExport(services: Services, contactNames: ContactNames, wanted: Export) {
  const { upstream } = services;
  const { query, sort } = wanted;
  // Asked for in turn, so that the refusal of the query is the one that is told.
  const first = await findTickets(upstream, { query, sort, count: 'exact' });
  const directory = await readDirectory(upstream);
  const format = wanted.format === 'csv' ? tableFormat(directory, wanted.isExact) : linesFormat(directory);
  const pages = readPages(upstream, wanted, first);
  const text = logged(services, wanted, first.count.count, (written) => write(pages, contactNames, format, written));
  return {
    expected: first.count.count,
    body: ReadableStream.from(text).pipeThrough(new TextEncoderStream()),
  };
}

async function readDirectory(upstream: Upstream): Promise<Directory> {
  const read = async <const Op extends Operation>(operation: Op) =>
    readAnswer(operation, await upstream.send({ operation, params: {} }));
  const { data: types } = await read(listTicketTypes);
  const { admins } = await read(listAdmins);
  const { teams } = await read(listTeams);
  const byId = (named: readonly { id: string; name: string }[]) => new Map(named.map(({ id, name }) => [id, name]));
  return { types, admins: byId(admins), teams: byId(teams) };
}

function tableFormat(directory: Directory, isExact: boolean): Format {
  const columns = attributeColumns(directory);
  return {
    header: csvLine(tableHeader(columns), { isExact }),
    line: (ticket, names) => csvLine(tableRow(ticket, columns, directory, names), { isExact }),
  };
}

function linesFormat(directory: Directory): Format {
  return {
    header: '',
    line: (ticket, names) => {
      const attributes = Object.fromEntries(attributesOf(ticket, directory).map(({ name, value }) => [name, value]));
      return `${JSON.stringify({ ...fieldsOf(ticket, directory, names), attributes })}\n`;
    },
  };
}

/** One call after another: an export takes its time, and leaves the upstream to everyone else meanwhile. */
async function* readPages(upstream: Upstream, wanted: Export, first: TicketPage): AsyncGenerator<Ticket[]> {
  const { query, sort } = wanted;
  yield first.tickets;
  for (let after = first.next; after !== null; ) {
    const page = await findTickets(upstream, { query, sort, after });
    yield page.tickets;
    after = page.next;
  }
}

async function* write(
  pages: AsyncIterable<Ticket[]>,
  contactNames: ContactNames,
  { header, line }: Format,
  written: (rows: number) => void,
): AsyncGenerator<string> {
  if (header !== '') yield header;
  for await (const tickets of pages) {
    const names = await contactNames.find(contactIdsOf(tickets));
    written(tickets.length);
    yield tickets.map((ticket) => line(ticket, names)).join('');
  }
}

/** Whatever becomes of the export stands in the log: how many rows it was to have, and how many it has. */
async function* logged(
  { db, log }: Services,
  { query, format, attempt }: Export,
  expected: number,
  run: (written: (rows: number) => void) => AsyncIterable<string>,
): AsyncGenerator<string> {
  let rows = 0;
  // Of who leaves before the end nothing else is heard.
  let outcome: Outcome = { status: 499, refusal: 'canceled' };
  try {
    yield* run((more) => {
      rows += more;
    });
    outcome = { status: 200 };
  } catch (error) {
    log.error({ err: error, requestId: attempt.requestId }, 'an export of tickets broke off');
    const refusal = error instanceof Refusal ? error : undefined;
    outcome = { status: refusal?.status ?? 500, refusal: refusal?.code ?? 'server_error' };
    throw error;
  } finally {
    const said = { format, query: query ?? null, rows_expected: expected, rows_written: rows };
    const changes = Object.entries(said).map(([field, after]) => ({ field, after }));
    await logActivity(db, attempt, { ...outcome, object: '/tickets', changes }).catch((error: unknown) =>
      log.error({ err: error, requestId: attempt.requestId }, 'the outcome was not logged'),
    );
  }
}
