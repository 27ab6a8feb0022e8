import { isSearchGroup, type SearchFilter, type SearchQuery, type SearchScalar } from '#contract/search.ts';

export type FieldKind = 'text' | 'number' | 'id' | 'flag' | 'word' | 'file';

/** What a search is about, as plain values: none is "not set". */
export type Valued = (field: string) => { kind: FieldKind; values: unknown[] };

const fold = (value: unknown) => String(value).normalize('NFC').toLowerCase();

function equals(kind: FieldKind, one: unknown, given: SearchScalar): boolean {
  if (kind === 'text' || kind === 'word') return fold(one) === fold(given);
  if (kind === 'flag') return one === (given === true || given === 'true');
  return kind === 'number' ? one === Number(given) : String(one) === String(given);
}

/** What the API says that a filter means, in a few lines of JavaScript. */
function fits({ field, operator, value }: SearchFilter, valued: Valued): boolean {
  const { kind, values } = valued(field);
  if (value === null) return operator === '=' ? values.length === 0 : values.length > 0;
  const asked = [value].flat();
  const equal = () =>
    asked.some((given) =>
      kind === 'text' && given === '' ? values.length === 0 : values.some((one) => equals(kind, one, given)),
    );
  const some = (test: (one: string, piece: string) => boolean) => values.some((one) => test(fold(one), fold(asked[0])));
  const compared = (test: (one: number, other: number) => boolean) =>
    values.some((one) => test(Number(one), Number(asked[0])));
  switch (operator) {
    case '=':
    case 'IN':
      return equal();
    case '!=':
    case 'NIN':
      return !equal();
    case '<':
      return compared((one, other) => one < other);
    case '<=':
      return compared((one, other) => one <= other);
    case '>':
      return compared((one, other) => one > other);
    case '>=':
      return compared((one, other) => one >= other);
    case '~':
      return some((one, piece) => one.includes(piece));
    case '!~':
      return !some((one, piece) => one.includes(piece));
    case '^':
      return some((one, piece) => one.startsWith(piece));
    case '$':
      return some((one, piece) => one.endsWith(piece));
  }
}

/** Whether a query finds what has these values. */
export function isFound(query: SearchQuery, valued: Valued): boolean {
  if (!isSearchGroup(query)) return fits(query, valued);
  const found = (part: SearchQuery) => isFound(part, valued);
  return query.operator === 'AND' ? query.value.every(found) : query.value.some(found);
}
