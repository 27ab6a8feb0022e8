import type { TicketTypeAttribute } from '#contract/ticket-types.ts';
import { datetimeSeconds } from '#contract/ticket-values.ts';
import { toLocalInput } from '../../lib/search/moments.ts';
import { attributeLabel } from './attribute-label.ts';
import { type ReadValue, readAttributeText } from './attribute-text.ts';

/** What stands in the control of an attribute that has `value`. */
export function toTyped({ data_type }: TicketTypeAttribute, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (data_type === 'datetime') {
    const time = datetimeSeconds(value);
    return time === undefined ? '' : toLocalInput(time);
  }
  if (Array.isArray(value)) return value.map(fileAddress).join('\n');
  return String(value);
}

/** The address of a file; "" where it has none. */
export function fileAddress(file: unknown): string {
  if (typeof file === 'string') return file;
  return typeof file === 'object' && file !== null && 'url' in file ? String(file.url) : '';
}

/** The value that was typed, or what keeps it from being one. */
export function fromTyped(attribute: TicketTypeAttribute, typed: string): ReadValue {
  const label = attributeLabel(attribute);
  const read = readAttributeText(attribute, typed);
  if ('problem' in read) return { problem: `${label} ${read.problem}.` };
  const isMissing = read.value === null && attribute.required_to_create;
  return isMissing ? { problem: `${label} is required.` } : read;
}
