import type * as z from 'zod/mini';
import { maximumPageSize, sortOrders } from '#contract/search.ts';
import type { searchBody } from '#contract/search-body.ts';
import type { Db } from '#database/database.ts';
import { badRequest, invalid } from '../http/refusal.ts';
import { compileQuery, type FieldNamed, type Purpose } from './compile.ts';
import { fingerprintOf, readCursor, writeCursor } from './cursor.ts';
import { findPage, ownRows, type Searched } from './page-store.ts';

/** What is searched, and how. */
export interface SearchOf extends Searched {
  /** Tells one kind of search from another in cursors. */
  name: string;
  fieldNamed: FieldNamed;
  sortFields: readonly string[];
  /** What an id looks like. */
  idForm: RegExp;
  pageSize: number;
}

/** The ids of one page, in order, and what an answer says of the whole. */
export interface SearchPage {
  ids: string[];
  total: { total_count: number; total_count_is_estimate?: true };
  pages: {
    type: 'pages';
    page: number;
    per_page: number;
    total_pages: number;
    next?: { per_page: number; starting_after: string };
  };
}

function sortOf(sort: { field: string; order?: string | undefined } | undefined, fields: readonly string[]) {
  const { field, order = 'descending' } = sort ?? { field: 'created_at' };
  if (!fields.includes(field)) throw invalid('sort.field', `must be one of ${fields.join(', ')}`);
  if (!(sortOrders as readonly string[]).includes(order)) {
    const message = `Invalid sort order '${order}'. Must be one of: ${sortOrders.join(', ')}`;
    throw badRequest('invalid_sort_order', message);
  }
  return { field, isDescending: order === 'descending' };
}

/** The page of a search that its body asks for. Throws a refusal for what the body has wrong. */
export async function searchPage(
  db: Db,
  workspaceId: string,
  searchOf: SearchOf,
  body: z.output<typeof searchBody>,
): Promise<SearchPage> {
  const { query, pagination = {}, count } = body;
  const sort = sortOf(body.sort, searchOf.sortFields);
  const own = ownRows(searchOf.table, workspaceId);
  const compiledFor = (purpose: Purpose) => compileQuery(query, searchOf.fieldNamed, purpose, own);
  const compiled = {
    rows: compiledFor('rows'),
    set: compiledFor('set'),
    start: compiledFor('start'),
    plan: compiledFor('plan'),
  };
  const perPage = Math.min(maximumPageSize, Math.max(1, pagination.per_page ?? searchOf.pageSize));
  const fingerprint = fingerprintOf([searchOf.name, workspaceId, query, sort]);
  const { starting_after } = pagination;
  const cursor =
    starting_after === undefined || starting_after === null
      ? undefined
      : readCursor(fingerprint, starting_after, searchOf.idForm);
  const found = await findPage(db, searchOf, {
    workspaceId,
    compiled,
    sort,
    after: cursor,
    perPage,
    countsExactly: count === 'exact',
  });
  const page = cursor?.page ?? 1;
  return {
    ids: found.ids,
    total: { total_count: found.total, ...(found.isEstimate && { total_count_is_estimate: true }) },
    pages: {
      type: 'pages',
      page,
      per_page: perPage,
      total_pages: Math.ceil(found.total / perPage),
      ...(found.last && {
        next: { per_page: perPage, starting_after: writeCursor(fingerprint, { ...found.last, page: page + 1 }) },
      }),
    },
  };
}
