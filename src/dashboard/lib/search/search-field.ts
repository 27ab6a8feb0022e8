import type { ReactNode } from 'react';
import type { SearchFilter, SearchOperator, SearchScalar } from '#contract/search.ts';

export type SearchFieldKind = 'text' | 'number' | 'date' | 'boolean' | 'choice' | 'id';

/** One of the values a field can have, as a person knows it. */
export interface SearchChoice {
  value: SearchScalar;
  label: string;
  icon?: ReactNode;
}

/** A field that can be searched by: all that the filters need to know of it. */
export interface SearchField {
  /** Its name on the wire. */
  name: string;
  label: string;
  /** The heading it stands under in the list of fields. */
  group?: string;
  kind: SearchFieldKind;
  /** Those that the API takes; by default all that make sense for the kind. */
  operators?: readonly SearchOperator[];
  choices?: readonly SearchChoice[];
  /** For choices that are looked up: those that fit what is typed. */
  loadChoices?: (text: string) => Promise<readonly SearchChoice[]>;
  /** The label of a value of which only the id is known, when it is at hand. */
  labelOf?: (value: SearchScalar) => string | undefined;
  canBeUnset?: boolean;
}

/** How a field is compared, and whether it is set at all, which the wire says as = and != with null. */
export type Condition = SearchOperator | 'set' | 'unset';

const ordinary: Partial<Record<SearchOperator, string>> = {
  '=': 'is',
  '!=': 'is not',
  IN: 'is any of',
  NIN: 'is none of',
  '~': 'contains',
  '!~': 'does not contain',
  '^': 'starts with',
  $: 'ends with',
};

const words: Record<SearchFieldKind, Partial<Record<SearchOperator, string>>> = {
  text: ordinary,
  number: {
    '=': 'is',
    '!=': 'is not',
    '>': 'is more than',
    '>=': 'is at least',
    '<': 'is less than',
    '<=': 'is at most',
    IN: 'is any of',
    NIN: 'is none of',
  },
  date: {
    '>=': 'is on or after',
    '<': 'is before',
    '>': 'is after',
    '<=': 'is on or before',
    '=': 'is',
    '!=': 'is not',
    IN: 'is any of',
    NIN: 'is none of',
  },
  boolean: { '=': 'is', '!=': 'is not', IN: 'is any of', NIN: 'is none of' },
  choice: ordinary,
  id: ordinary,
};

const usual: Record<SearchFieldKind, readonly SearchOperator[]> = {
  text: ['~', '!~', '=', '!=', '^', '$', 'IN', 'NIN'],
  number: ['=', '!=', '>', '>=', '<', '<=', 'IN', 'NIN'],
  date: ['>=', '<', '>', '<='],
  boolean: ['='],
  choice: ['=', '!=', 'IN', 'NIN'],
  id: ['=', '!=', 'IN', 'NIN'],
};

/** The conditions a field offers, the most likely first. */
export function conditionsOf(field: SearchField): Condition[] {
  return [...(field.operators ?? usual[field.kind]), ...(field.canBeUnset ? (['set', 'unset'] as const) : [])];
}

/** "is before": how a condition reads between a field of that kind and its value. */
export function conditionWords(condition: Condition, kind: SearchFieldKind = 'text'): string {
  if (condition === 'set') return 'is set';
  if (condition === 'unset') return 'is not set';
  return words[kind][condition] ?? ordinary[condition] ?? words.number[condition] ?? condition;
}

/** The condition that a filter states. */
export function conditionOf({ operator, value }: Pick<SearchFilter, 'operator' | 'value'>): Condition {
  if (value !== null) return operator;
  return operator === '!=' ? 'set' : 'unset';
}

export function takesList(condition: Condition): condition is 'IN' | 'NIN' {
  return condition === 'IN' || condition === 'NIN';
}

export function takesNothing(condition: Condition): condition is 'set' | 'unset' {
  return condition === 'set' || condition === 'unset';
}
