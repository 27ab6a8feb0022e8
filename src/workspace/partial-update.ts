import { isDeepStrictEqual } from 'node:util';
import { contactLimits } from '#contract/contacts.ts';
import { invalid } from './http/refusal.ts';

const attributeLimit = contactLimits.attributes;

type CustomAttributes = Record<string, unknown>;

/** `current` with what `given` sets; null takes an attribute away. Throws when there are then too many. */
export function mergedAttributes(
  current: CustomAttributes,
  given: CustomAttributes | null | undefined,
): CustomAttributes {
  const merged = new Map(Object.entries(current));
  for (const [name, value] of Object.entries(given ?? {})) {
    if (value === null) merged.delete(name);
    else merged.set(name, value);
  }
  if (merged.size > attributeLimit) {
    throw invalid('custom_attributes', `may have at most ${attributeLimit} names`);
  }
  return Object.fromEntries(merged);
}

/** The columns of `changes` that `current` has otherwise. */
export function differing<Row extends object>(current: Row, changes: Partial<Row>): Partial<Row> {
  const entries = Object.entries(changes).filter(
    ([name, value]) => value !== undefined && !isDeepStrictEqual(value, Reflect.get(current, name)),
  );
  return Object.fromEntries(entries) as Partial<Row>;
}

/** Null and "" both empty a field. */
export const emptied = (text: string | null | undefined) => (text === '' ? null : text);
