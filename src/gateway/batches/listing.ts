import type { SearchQuery } from '#contract/search.ts';
import { maximumPageSize } from '#contract/search.ts';
import { searchTickets, updateTicket } from '#contract/tickets.ts';
import type { Db } from '#database/database.ts';
import type { Upstream } from '../upstream.ts';
import { errorOf, readWith } from './hands.ts';
import { addItems, changedItems, type NewItem } from './item-store.ts';
import { Halt, Unreachable } from './pace.ts';
import type { BatchRow } from './store.ts';

const pageSize = 500;

interface Page {
  items: NewItem[];
  next: string | null;
}

/** Lists the next items of a batch. */
export async function listNext({ db, upstream }: { db: Db; upstream: Upstream }, batch: BatchRow): Promise<void> {
  const { input } = batch;
  const page =
    input.kind === 'revert'
      ? await changesOf(db, input, batch.listing_after)
      : input.kind === 'change' && input.ids === undefined
        ? await foundBy(upstream, input.query ?? null, batch.listing_after)
        : namedIn(input.kind === 'change' ? (input.ids ?? []) : [], batch.listing_after);
  await addItems(db, batch, page);
}

function namedIn(ids: string[], after: string | null): Page {
  const start = Number(after ?? 0);
  const end = start + pageSize;
  return {
    items: ids.slice(start, end).map((object_id) => ({ object_id })),
    next: end < ids.length ? String(end) : null,
  };
}

const anyTicket: SearchQuery = { field: 'created_at', operator: '>', value: 0 };

/** In the order in which they were made, so that changes meanwhile move none to another page. */
async function foundBy(upstream: Upstream, query: SearchQuery | null, after: string | null): Promise<Page> {
  const body = {
    query: query ?? anyTicket,
    sort: { field: 'created_at', order: 'ascending' },
    pagination: { per_page: maximumPageSize, ...(after !== null && { starting_after: after }) },
    include_ticket_parts: false,
  };
  const call = { operation: searchTickets, params: {}, body: JSON.stringify(body) };
  const answer = await readWith({ read: upstream.send }, call);
  if (answer.status >= 500) throw new Unreachable();
  if (answer.status >= 300) throw new Halt(`The tickets could not be listed: ${errorOf(answer).message}`);
  const found = searchTickets.response.safeParse(JSON.parse(Buffer.from(answer.body).toString()));
  if (!found.success) throw new Unreachable();
  const { tickets, pages } = found.data;
  const items = tickets.map((ticket) => ({
    object_id: ticket.id,
    object_name: updateTicket.target.before(ticket).name ?? null,
  }));
  const next = pages?.next?.starting_after ?? null;
  return { items, next: next === after ? null : next };
}

// A ticket cannot be deleted: one that an import made is put away.
const putAway = { state: 'resolved', open: false };

/** What a batch changed, from the last to the first. */
async function changesOf(db: Db, input: { batch: string; of: string }, after: string | null): Promise<Page> {
  const rows = await changedItems(db, input.batch, Number(after ?? 2 ** 31 - 1), pageSize);
  return {
    items: rows.map((row) => ({
      object_id: row.object_id,
      object_name: row.object_name,
      input: { wanted: input.of === 'import' ? putAway : row.before, expected: row.after },
    })),
    next: rows.length === pageSize ? String(rows.at(-1)?.position) : null,
  };
}
