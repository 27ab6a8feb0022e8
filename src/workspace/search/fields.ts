import { type SQL, sql } from 'drizzle-orm';
import type { SearchFilter, SearchOperator, SearchScalar } from '#contract/search.ts';
import { invalid } from '../http/refusal.ts';

// What a filter means for a row without a value: it fits `= null` and everything that says "not" (!= NIN !~), and
// nothing else. So "not" is `(…) is not true` throughout, which holds for SQL's null.

/** A field that searches can name: turns a filter on it into a condition on the row `t`. */
export interface Field {
  /** Throws the refusal of an operator or a value that the field does not take; `place` is where the filter stands. */
  condition: (filter: SearchFilter, place: string) => SQL;
  /** Sort fields by which an index orders the rows that have one value of this field. */
  orders?: readonly string[];
  /** Whether a table of counts has the field's column too. */
  isCounted?: boolean;
  /** Whether no two rows have the same value. */
  isId?: boolean;
  /** Whether its values are in another table. */
  looksElsewhere?: boolean;
  /** Selects the ids of all that fit from that other table alone; undefined where it does not tell. */
  idsElsewhere?: (filter: SearchFilter, place: string) => SQL | undefined;
}

const equality: readonly SearchOperator[] = ['=', '!=', 'IN', 'NIN'];
export const orderingOperators: readonly SearchOperator[] = ['<', '<=', '>', '>='];
const negative: readonly SearchOperator[] = ['!=', 'NIN', '!~'];

const not = (condition: SQL) => sql`(${condition}) is not true`;
const never = sql`false`;

/** Reads a value as the field's column has it; undefined where it does not fit. */
type Read<Value> = (value: SearchScalar) => Value | undefined;

const longestText = 10_000;

export function readText(value: SearchScalar): string | undefined {
  const text = String(value);
  return typeof value !== 'boolean' && text.length <= longestText && !text.includes('\0') && text.isWellFormed()
    ? text
    : undefined;
}

/** A whole number, or one in a string, that no driver rounds. */
export function readInteger(value: SearchScalar): number | undefined {
  const isNumeral = typeof value === 'number' || (typeof value === 'string' && /^-?\d{1,15}$/.test(value));
  return isNumeral && Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
}

export function readNumber(value: SearchScalar): number | undefined {
  const isNumeral = typeof value === 'number' || (typeof value === 'string' && /^-?\d{1,30}(\.\d{1,30})?$/.test(value));
  return isNumeral && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

function readBoolean(value: SearchScalar): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

function fitting<Value>(read: Read<Value>, value: SearchScalar, place: string): Value {
  const fit = read(value);
  if (fit === undefined) throw invalid(`${place}.value`, 'does not fit the field');
  return fit;
}

function takes(operators: readonly SearchOperator[], { operator, field }: SearchFilter, place: string): void {
  if (operators.includes(operator)) return;
  throw invalid(`${place}.operator`, `must be one of ${operators.join(' ')} for the field ${field}`);
}

export interface Meaning<Value> {
  read: Read<Value>;
  /** Has any of these values. */
  isAnyOf: (values: Value[]) => SQL;
  /** Has no value. */
  isUnset: SQL;
  /** Other positive operators; `!~` is the opposite of its `~`. */
  more?: (operator: SearchOperator, value: Value, place: string) => SQL;
  moreOperators?: readonly SearchOperator[];
  /** Whether no condition is ever null: Postgres then finds "not" quicker. */
  isNeverNull?: boolean;
}

/** A field by what its operators mean. */
export function fieldOf<Value>(meaning: Meaning<Value>): Field {
  const { read, isAnyOf, isUnset, more, moreOperators = [], isNeverNull = false } = meaning;
  const operators = [...equality, ...moreOperators];
  const positive = ({ operator, value }: SearchFilter, place: string): SQL => {
    if (value === null) return isUnset;
    const values = [value].flat().map((one) => fitting(read, one, place));
    const [first] = values;
    if (more === undefined || first === undefined || equality.includes(operator)) return isAnyOf(values);
    return more(operator === '!~' ? '~' : operator, first, place);
  };
  return {
    condition: (filter, place) => {
      takes(operators, filter, place);
      const condition = positive(filter, place);
      if (!negative.includes(filter.operator)) return condition;
      return isNeverNull ? sql`not (${condition})` : not(condition);
    },
  };
}

/** A field that takes fewer operators. */
export function limitedTo(operators: readonly SearchOperator[], field: Field): Field {
  return {
    ...field,
    condition: (filter, place) => {
      takes(operators, filter, place);
      return field.condition(filter, place);
    },
  };
}

const comparison = { '<': sql`<`, '<=': sql`<=`, '>': sql`>`, '>=': sql`>=` };

/** How `column` compares with a value, by an orderingOperators operator. */
export function compared(column: SQL, operator: SearchOperator, value: number): SQL {
  const symbol = Object.entries(comparison).find(([name]) => name === operator)?.[1];
  if (symbol === undefined) throw new Error(`${operator} orders nothing`);
  return sql`${column} ${symbol} ${value}`;
}

/** Whole numbers, ids and times to the second. `unset` is the value that stands for none, where a column has one. */
export function integerField(column: SQL, { unset }: { unset?: number } = {}): Field {
  return fieldOf({
    read: readInteger,
    isAnyOf: (values) => sql`${column} in ${values}`,
    isUnset: unset === undefined ? sql`${column} is null` : sql`${column} = ${unset}`,
    more: (operator, value) => compared(column, operator, value),
    moreOperators: orderingOperators,
  });
}

/** One of a few words. `words` are what may be written, in lower case, with what the column has for it. */
export function wordField<Word extends string>(
  isAnyOf: (values: Word[]) => SQL,
  words: ReadonlyMap<string, Word>,
): Field {
  return fieldOf({ read: (value) => words.get(String(value).toLowerCase()), isAnyOf, isUnset: never });
}

export function booleanField(column: SQL, isUnset = never): Field {
  return fieldOf({ read: readBoolean, isAnyOf: (values) => sql`${column} in ${values}`, isUnset });
}

/** A pattern of LIKE that takes every character of `text` as itself. */
function pattern(before: string, text: string, after: string): string {
  return `${before}${text.replace(/[\\%_]/g, '\\$&')}${after}`;
}

/** What a piece of text is looked for by: `~ !~ ^ $`. */
export const pieceOperators: readonly SearchOperator[] = ['~', '!~', '^', '$'];

/**
 * `column` compared with a piece of text, which must not be empty: everything and nothing holds that. One or two letters
 * are no trigram: where they are rare, every text of the workspace is looked at.
 */
export function pieceOf(column: SQL, operator: SearchOperator, text: string, place: string): SQL {
  if (text === '') throw invalid(`${place}.value`, 'must not be empty');
  const [before, after] = operator === '^' ? ['', '%'] : operator === '$' ? ['%', ''] : ['%', '%'];
  return sql`${column} like ${pattern(before, text, after)}`;
}

/** Text that is compared without regard to case: `column` holds it as `fold` makes it. The empty text stands for none. */
export function textField(column: SQL, fold: (text: string) => string): Field {
  return fieldOf(textMeaning(column, fold, not(sql`${column} <> ''`)));
}

function textMeaning(column: SQL, fold: (text: string) => string, isUnset: SQL): Meaning<string> {
  return {
    read: (value) => {
      const text = readText(value);
      return text === undefined ? undefined : fold(text);
    },
    isAnyOf: (values) => {
      const texts = values.filter((value) => value !== '');
      const conditions = texts.length === 0 ? [] : [sql`${column} in ${texts}`];
      if (texts.length < values.length) conditions.push(isUnset);
      return sql`(${sql.join(conditions, sql` or `)})`;
    },
    isUnset,
    more: (operator, value, place) => pieceOf(column, operator, value, place),
    moreOperators: pieceOperators,
  };
}

/** Asks of rows of another table: whether there is one for the row `t`, or for which ids there is one. */
export type Matching = (condition: SQL, asked: 'exists' | 'ids') => SQL;

/** A field whose values another table has, once for each thing that can be asked of it. */
function elsewhere(
  fieldBy: (matching: (condition: SQL) => SQL) => Field,
  matching: Matching,
  operators: readonly SearchOperator[],
): Field {
  const ids = fieldBy((condition) => matching(condition, 'ids'));
  return {
    ...fieldBy((condition) => matching(condition, 'exists')),
    looksElsewhere: true,
    idsElsewhere: (filter, place) => {
      const { operator, value } = filter;
      // What has no value is not there.
      const isUnset = value === null || [value].flat().includes('');
      return operators.includes(operator) && !isUnset ? ids.condition(filter, place) : undefined;
    },
  };
}

/** Text that another table keeps, where there is any. */
export function textElsewhere(column: SQL, fold: (text: string) => string, matching: Matching): Field {
  const meaning = textMeaning(column, fold, sql`false`);
  const isUnset = sql`not ${matching(sql`true`, 'exists')}`;
  const fieldBy = (found: (condition: SQL) => SQL) =>
    fieldOf({
      ...meaning,
      isNeverNull: true,
      isUnset,
      isAnyOf: (values) => {
        const some = found(meaning.isAnyOf(values));
        return values.includes('') ? sql`(${some} or ${isUnset})` : some;
      },
      more: (operator, value, place) => found(pieceOf(column, operator, value, place)),
    });
  return elsewhere(fieldBy, matching, ['=', 'IN', '~', '^', '$']);
}

/** Ids in another table, of which one has to be among those asked for. */
export function idsElsewhere(column: SQL, matching: Matching): Field {
  const isUnset = sql`not ${matching(sql`true`, 'exists')}`;
  const fieldBy = (found: (condition: SQL) => SQL) =>
    fieldOf({
      read: readInteger,
      isAnyOf: (ids) => found(sql`${column} in ${ids}`),
      isUnset,
      isNeverNull: true,
    });
  return elsewhere(fieldBy, matching, ['=', 'IN']);
}

/** A field with any number of values, of which one has to be among those asked for. */
function listField<Value>(read: Read<Value>, hasAnyOf: (values: Value[]) => SQL, isUnset: SQL): Field {
  return fieldOf({ read, isAnyOf: hasAnyOf, isUnset });
}

export const integerListField = (hasAnyOf: (values: number[]) => SQL, isUnset: SQL) =>
  listField(readInteger, hasAnyOf, isUnset);
export const textListField = (hasAnyOf: (values: string[]) => SQL, isUnset: SQL) =>
  listField(readText, hasAnyOf, isUnset);

/** Values of a JSON object at `key`. `ordered` says of numbers where they are kept once more, in order. */
export function jsonField(
  object: SQL,
  key: string,
  kind: 'number' | 'integer' | 'boolean' | 'text',
  ordered?: { column: SQL; matching: Matching },
): Field {
  const holds = (value: unknown) => sql`${object} @> ${JSON.stringify({ [key]: value })}::jsonb`;
  const read = { number: readNumber, integer: readInteger, boolean: readBoolean, text: readText }[kind];
  const meaning: Meaning<SearchScalar> = {
    read,
    // One by one: the index knows no list of objects.
    isAnyOf: (values) => sql`(${sql.join(values.map(holds), sql` or `)})`,
    isUnset: sql`${object} -> ${key}::text is null`,
    isNeverNull: true,
  };
  if (ordered === undefined) return fieldOf(meaning);
  const { column, matching } = ordered;
  const fieldBy = (found: (condition: SQL) => SQL) =>
    fieldOf({
      ...meaning,
      isUnset: sql`not ${matching(sql`true`, 'exists')}`,
      more: (operator, value) => found(compared(column, operator, Number(value))),
      moreOperators: orderingOperators,
    });
  return elsewhere(fieldBy, matching, orderingOperators);
}

const presence: readonly SearchOperator[] = ['=', '!='];

/** Something of which one can only ask whether it is there. */
export function presenceField(isUnset: SQL): Field {
  return {
    condition: (filter, place) => {
      takes(presence, filter, place);
      if (filter.value !== null) throw invalid(`${place}.value`, 'must be null for this field');
      return filter.operator === '=' ? isUnset : not(isUnset);
    },
  };
}

const dayOperators: readonly SearchOperator[] = ['=', '<', '>'];
const furthestTime = 253_402_300_799;

/** Times to the day, as `zone` has it: `=` is the whole day, `>` from the next day on, `<` before the day. */
export function dayField(column: SQL, zone: string): Field {
  const start = (seconds: number, days: number) =>
    sql`extract(epoch from (date_trunc('day', to_timestamp(${seconds}::double precision) at time zone ${zone}::text) + make_interval(days => ${days}::int)) at time zone ${zone}::text)::bigint`;
  return {
    condition: (filter, place) => {
      const { operator, value } = filter;
      if (value === null) return operator === '=' ? sql`${column} is null` : sql`${column} is not null`;
      takes(dayOperators, filter, place);
      const seconds = readInteger([value].flat()[0] ?? '');
      if (seconds === undefined || Math.abs(seconds) > furthestTime) {
        throw invalid(`${place}.value`, 'does not fit the field');
      }
      if (operator === '<') return sql`${column} < ${start(seconds, 0)}`;
      if (operator === '>') return sql`${column} >= ${start(seconds, 1)}`;
      return sql`(${column} >= ${start(seconds, 0)} and ${column} < ${start(seconds, 1)})`;
    },
  };
}
