import type { SearchFilter, SearchScalar } from '#contract/search.ts';
import { momentText } from './moments.ts';
import { conditionOf, conditionWords, type SearchField, takesNothing } from './search-field.ts';

export interface FilterWords {
  field: string;
  condition: string;
  /** Empty where the condition says everything. */
  value: string;
}

const most = 3;

/** What a chip says. A field that is not among `fields` any more is named as it stands on the wire. */
export function filterWords(filter: SearchFilter, field: SearchField | undefined): FilterWords {
  const condition = conditionOf(filter);
  return {
    field: field?.label ?? filter.field,
    condition: conditionWords(condition, field?.kind),
    value: takesNothing(condition) ? '' : listText(filter.value, field),
  };
}

function listText(value: SearchFilter['value'], field: SearchField | undefined): string {
  if (value === null) return '';
  if (!Array.isArray(value)) return valueText(value, field);
  const shown = value.length > most ? value.slice(0, most - 1) : value;
  const texts = shown.map((each) => valueText(each, field));
  return value.length > most ? `${texts.join(', ')} and ${value.length - shown.length} more` : texts.join(', ');
}

/** One value as a person knows it. */
export function valueText(value: SearchScalar, field: SearchField | undefined): string {
  const known =
    field?.choices?.find((choice) => String(choice.value) === String(value))?.label ?? field?.labelOf?.(value);
  if (known !== undefined) return known;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (field?.kind === 'boolean') return value === 'true' ? 'Yes' : 'No';
  if (field?.kind === 'date') return momentText(Number(value)) ?? String(value);
  return String(value);
}
