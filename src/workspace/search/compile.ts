import { type SQL, sql } from 'drizzle-orm';
import { isSearchGroup, type SearchFilter, type SearchQuery } from '#contract/search.ts';
import { invalid } from '../http/refusal.ts';
import type { Field } from './fields.ts';

/**
 * What a condition is for. `rows`: rows that are read anyhow are looked at one after the other. `set`: all that fit are
 * to be found, from whichever side is quickest. `start`: the same, but when there are more than `startSize`, some that
 * many will do. `plan`: the same as `set` to be estimated, not to be run.
 */
export type Purpose = 'rows' | 'set' | 'start' | 'plan';

/** How many of all that fit are found for the purpose `start`, where there are as many. */
export const startSize = 10_001;

/** The field of a name. Undefined where there is none; may throw a refusal of its own. */
export type FieldNamed = (name: string, place: string, purpose: Purpose) => Field | undefined;

export interface Compiled {
  condition: SQL;
  /** Whether the condition holds for a table of counts as it does for the rows themselves. */
  isCounted: boolean;
  /** Whether it asks other tables what fits there, of which Postgres guesses badly how many do. */
  isGuessed: boolean;
  /** Whether every match has one of the ids that the query names. */
  isByIds: boolean;
  /** Filters that hold for every match and that an index on `sortField` can begin with. */
  leading: (sortField: string) => SQL[];
}

interface Part {
  condition: SQL;
  looksElsewhere: boolean;
  /** Selects the ids of all that fit. */
  ids: SQL;
}

/**
 * A query as a condition on the row `t`. Throws a refusal that names the place of what does not fit. `own` are the rows
 * that are searched: `tickets t where …`.
 */
export function compileQuery(query: SearchQuery, fieldNamed: FieldNamed, purpose: Purpose, own: SQL): Compiled {
  const top: { filter: SearchFilter; field: Field; condition: SQL }[] = [];
  let isCounted = true;
  let isGuessed = false;

  const partWith = (condition: SQL, looksElsewhere: boolean, ids?: SQL): Part => ({
    condition,
    looksElsewhere,
    ids: ids ?? sql`select t.id from ${own} and ${condition}`,
  });

  const filterPart = (filter: SearchFilter, place: string, isTop: boolean): Part => {
    const field = fieldNamed(filter.field, place, purpose);
    if (field === undefined) throw invalid(`${place}.field`, 'names no field that can be searched');
    const condition = field.condition(filter, place);
    isCounted &&= field.isCounted === true;
    if (isTop) top.push({ filter, field, condition });
    const ids = field.idsElsewhere?.(filter, place);
    isGuessed ||= ids !== undefined;
    return partWith(condition, field.looksElsewhere === true, ids);
  };

  const anyOf = (parts: Part[], isEnough: boolean): Part => {
    const looksElsewhere = parts.some((part) => part.looksElsewhere);
    if (purpose === 'rows' || !looksElsewhere) {
      const conditions = parts.map(({ condition }) => condition);
      return partWith(sql`(${sql.join(conditions, sql` or `)})`, looksElsewhere);
    }
    // No index finds "this here or that in another table", so each is found by itself. No id comes twice in one of
    // them: one that reaches the limit is as many different matches.
    const limit = purpose === 'start' && isEnough ? sql` limit ${startSize}` : sql``;
    const ids = sql.join(
      parts.map((part) => sql`(${part.ids}${limit})`),
      sql` union all `,
    );
    if (purpose === 'plan') return partWith(sql`t.id in (${ids})`, true);
    // Once, as an array: without statistics Postgres would look for them anew for each row.
    return partWith(sql`t.id = any(array(${ids}))`, true);
  };

  // `isTop`: holds for every match. `isEnough`: enough that fit this part are enough that fit the query.
  const partOf = (part: SearchQuery, place: string, isTop: boolean, isEnough: boolean): Part => {
    if (!isSearchGroup(part)) return filterPart(part, place, isTop);
    const isAll = part.operator === 'AND';
    const each = isEnough && (!isAll || part.value.length === 1);
    const parts = part.value.map((inner, index) => partOf(inner, `${place}.value.${index}`, isTop && isAll, each));
    if (!isAll) return anyOf(parts, isEnough);
    const conditions = parts.map(({ condition }) => condition);
    return partWith(
      sql`(${sql.join(conditions, sql` and `)})`,
      parts.some(({ looksElsewhere }) => looksElsewhere),
    );
  };

  const { condition } = partOf(query, 'query', true, true);
  const leads = ({ filter, field }: (typeof top)[number], sortField: string) =>
    filter.field === sortField || (filter.operator === '=' && field.orders?.includes(sortField) === true);
  return {
    condition,
    isCounted,
    isGuessed,
    isByIds: top.some(
      ({ filter, field }) => field.isId === true && (filter.operator === '=' || filter.operator === 'IN'),
    ),
    leading: (sortField) => top.filter((one) => leads(one, sortField)).map((one) => one.condition),
  };
}

/** The names of the fields that a query asks about. */
export function fieldsIn(query: SearchQuery): string[] {
  return isSearchGroup(query) ? query.value.flatMap(fieldsIn) : [query.field];
}
