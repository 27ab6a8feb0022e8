import { type SearchFilter, type SearchScalar, searchLimits } from '#contract/search.ts';
import {
  type Condition,
  conditionOf,
  conditionsOf,
  type SearchField,
  takesList,
  takesNothing,
} from './search-field.ts';

/** A filter while it is being made: its value may still be missing. */
export interface FilterDraft {
  field: string;
  condition: Condition;
  values: readonly SearchScalar[];
}

/** What a new filter on `field` starts from. A question of yes or no has an answer at once. */
export function newDraft(field: SearchField): FilterDraft {
  return {
    field: field.name,
    condition: conditionsOf(field)[0] ?? '=',
    values: field.kind === 'boolean' ? [true] : [],
  };
}

export function draftOf(filter: SearchFilter): FilterDraft {
  const { field, value } = filter;
  return {
    field,
    condition: conditionOf(filter),
    values: value === null ? [] : Array.isArray(value) ? value : [value],
  };
}

/** The filter that a draft stands for; undefined while something is missing. */
export function completeFilter({ field, condition, values }: FilterDraft): SearchFilter | undefined {
  if (takesNothing(condition)) return { field, operator: condition === 'set' ? '!=' : '=', value: null };
  const [first] = values;
  if (first === undefined || first === '') return undefined;
  if (!takesList(condition)) return { field, operator: condition, value: first };
  return values.length > searchLimits.values ? undefined : { field, operator: condition, value: [...values] };
}

/** The values that were typed, one a line, as the field's kind has them. Undefined when one of them does not fit. */
export function typedValues(text: string, kind: SearchField['kind']): SearchScalar[] | undefined {
  const lines = [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
  if (kind !== 'number') return lines;
  const numbers = lines.map(Number);
  return numbers.every(Number.isFinite) ? numbers : undefined;
}

/** The draft with another condition. A value that makes no sense any more is dropped down to its first. */
export function withCondition(draft: FilterDraft, condition: Condition): FilterDraft {
  return { ...draft, condition, values: takesList(condition) ? draft.values : draft.values.slice(0, 1) };
}
