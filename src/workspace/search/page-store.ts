import { type SQL, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Db } from '#database/database.ts';
import { type Compiled, type Purpose, startSize } from './compile.ts';
import type { Position } from './cursor.ts';

/** Up to this many matches are counted one by one; of more, the count is an estimate. */
const countedExactly = startSize - 1;
/** How many rows, in the order asked for, are looked through before all matches are gathered. */
const walked = 5_000;

export interface Searched {
  table: SQL;
  /** Rows with a `number` for each combination of the counted fields, where there is such a table. */
  counts?: SQL;
  /** How the id of a position is sent. */
  idOf: (id: string) => string | number;
}

export interface PageAsked {
  workspaceId: string;
  compiled: Record<Purpose, Compiled>;
  sort: { field: string; isDescending: boolean };
  after: Position | undefined;
  perPage: number;
  countsExactly: boolean;
}

export interface Found {
  ids: string[];
  /** The last row, where there are more. */
  last: Position | undefined;
  total: number;
  isEstimate: boolean;
}

const found = z.object({ id: z.string(), sort_value: z.coerce.number() });
const plan = z.object({
  'QUERY PLAN': z.tuple([z.object({ Plan: z.object({ 'Plan Rows': z.number() }) })]),
});
const counted = z.object({ number: z.coerce.number() });

/** The rows of a statement, whichever driver ran it. */
async function rowsOf<Schema extends z.ZodMiniType>(db: Db, row: Schema, statement: SQL): Promise<z.output<Schema>[]> {
  return z.object({ rows: z.array(row) }).parse(await db.execute(statement)).rows;
}

async function numberOf(db: Db, statement: SQL): Promise<number> {
  const [row] = await rowsOf(db, counted, statement);
  return row?.number ?? 0;
}

/**
 * One page of a search, and how many matches there are. Postgres cannot know how matches lie in the order asked for, and
 * a wrong guess costs a second, so it is asked in steps that are each bounded: first for what can be found near the
 * page's beginning, which is all when there are many matches; then for all matches by the indexes of the filters, when
 * there are few; and only when there are many, but none near, for a walk along the order's own index.
 */
export async function findPage(db: Db, searched: Searched, asked: PageAsked): Promise<Found> {
  const statements = statementsOf(searched, asked);
  const { compiled, perPage } = asked;
  const isCounted = searched.counts !== undefined && compiled.rows.isCounted;
  const known = isCounted ? await numberOf(db, statements.sum) : undefined;
  const pageOf = (rows: z.output<typeof found>[]) => {
    const shown = rows.slice(0, perPage);
    const last = rows.length > perPage ? shown.at(-1) : undefined;
    return { ids: shown.map(({ id }) => id), last: last && { id: last.id, sortValue: last.sort_value } };
  };

  if (known === 0) return { ids: [], last: undefined, ...exactly(0) };
  // Those with certain ids are found by them, wherever they are.
  const near = compiled.rows.isByIds ? [] : await rowsOf(db, found, statements.near);
  if (near.length > perPage) {
    return { ...pageOf(near), ...(known === undefined ? await total(db, statements, asked) : exactly(known)) };
  }
  if (known === undefined || known <= countedExactly) {
    const few = await rowsOf(db, gathered, statements.gathered);
    const matches = few[0]?.matches ?? 0;
    const rows = few.flatMap(({ id, sort_value }) => (id === null || sort_value === null ? [] : [{ id, sort_value }]));
    if (matches <= countedExactly) return { ...pageOf(rows), ...exactly(known ?? matches) };
  }
  const page = pageOf(await rowsOf(db, found, statements.inOrder));
  return { ...page, ...(known === undefined ? await total(db, statements, asked) : exactly(known)) };
}

const gathered = z.object({
  matches: z.coerce.number(),
  id: z.nullable(z.string()),
  sort_value: z.nullable(z.coerce.number()),
});

const exactly = (total: number) => ({ total, isEstimate: false });

type Statements = ReturnType<typeof statementsOf>;

async function total(db: Db, statements: Statements, { compiled, countsExactly }: PageAsked) {
  if (countsExactly) return exactly(await numberOf(db, statements.count));
  const [planned] = await rowsOf(db, plan, statements.plan);
  const estimate = Math.max(countedExactly, planned?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0);
  // Where Postgres expects many more, there is no use in counting as far as that.
  const isSure = estimate > 2 * countedExactly && !compiled.plan.isGuessed;
  if (isSure) return { total: estimate, isEstimate: true };
  const number = await numberOf(db, statements.countStart);
  return number > countedExactly ? { total: estimate, isEstimate: true } : exactly(number);
}

/** The rows of one workspace in a table, as `t`: what follows `from`, to go on with `and`. */
export const ownRows = (table: SQL, workspaceId: string) => sql`${table} t where t.workspace_id = ${workspaceId}`;

function statementsOf({ table, counts, idOf }: Searched, asked: PageAsked) {
  const { workspaceId, compiled, sort, after, perPage } = asked;
  const key = sql`t.${sql.identifier(sort.field)}`;
  const order = sort.isDescending ? sql`${key} desc, t.id desc` : sql`${key}, t.id`;
  const beyond =
    after === undefined
      ? sql``
      : sql` and (${key}, t.id) ${sort.isDescending ? sql`<` : sql`>`} (${after.sortValue}, ${idOf(after.id)})`;
  const columns = sql`t.id::text as id, ${key}::text as sort_value`;
  const own = ownRows(table, workspaceId);
  const all = (purpose: 'set' | 'start' | 'plan') => sql`${own} and ${compiled[purpose].condition}`;
  const leading = compiled.rows.leading(sort.field).map((one) => sql` and ${one}`);
  const limit = perPage + 1;
  const sumOf = ownRows(counts ?? table, workspaceId);
  return {
    sum: sql`select coalesce(sum(t.number), 0) as number from ${sumOf} and ${compiled.rows.condition}`,
    near: sql`
      select ${columns} from (
        select t.* from ${own}${beyond}${sql.join(leading)} order by ${order} limit ${walked}
      ) t
      where ${compiled.rows.condition} order by ${order} limit ${limit}`,
    gathered: sql`
      with hits as materialized (select t.id, ${key} from ${all('start')} limit ${startSize})
      select number.matches, page.* from (select count(*) as matches from hits) as number
      left join lateral (
        select ${columns} from hits t where true${beyond} order by ${order} limit ${limit}
      ) as page on true`,
    inOrder: sql`
      select ${columns} from ${own} and ${compiled.rows.condition}${beyond} order by ${order} limit ${limit}`,
    plan: sql`explain (format json) select 1 from ${all('plan')}`,
    count: sql`select count(*) as number from ${all('set')}`,
    countStart: sql`select count(*) as number from (select 1 from ${all('start')} limit ${startSize}) as matches`,
  };
}
