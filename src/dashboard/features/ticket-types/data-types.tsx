import Calendar from 'lucide-react/icons/calendar';
import Hash from 'lucide-react/icons/hash';
import List from 'lucide-react/icons/list';
import Paperclip from 'lucide-react/icons/paperclip';
import Percent from 'lucide-react/icons/percent';
import ToggleLeft from 'lucide-react/icons/toggle-left';
import TypeIcon from 'lucide-react/icons/type';
import type { AttributeDataType } from '#contract/ticket-types.ts';
import type { AttributeValues } from './attribute-form.ts';

const icons = {
  string: TypeIcon,
  list: List,
  integer: Hash,
  decimal: Percent,
  boolean: ToggleLeft,
  datetime: Calendar,
  files: Paperclip,
} as const satisfies Record<AttributeDataType, unknown>;

/** The data types as a person calls them. */
export const dataTypeLabels: Record<AttributeDataType, string> = {
  string: 'Text',
  list: 'List',
  integer: 'Whole number',
  decimal: 'Decimal number',
  boolean: 'Yes or no',
  datetime: 'Date and time',
  files: 'Files',
};

/** An attribute's data type with what it takes in: "Text, several lines", "List of 4". */
export function DataType({ values }: { values: AttributeValues }) {
  const Icon = icons[values.dataType];
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Icon aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
      {inWords(values)}
    </span>
  );
}

function inWords({ dataType, multiline, listItems, allowMultipleValues }: AttributeValues): string {
  if (dataType === 'string' && multiline) return 'Text, several lines';
  if (dataType === 'list') return `List of ${listItems.length}`;
  if (dataType === 'files' && !allowMultipleValues) return 'One file';
  return dataTypeLabels[dataType];
}
