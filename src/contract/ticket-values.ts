import { isImageAddress } from './body-html.ts';
import type { AttributeDataType } from './ticket-types.ts';
import { ticketLimits } from './tickets.ts';

/** What of an attribute decides over its values. */
export interface ValueRules {
  data_type: AttributeDataType;
  input_options?:
    | { list_options?: { id: string }[] | undefined; allow_multiple_values?: boolean | undefined }
    | null
    | undefined;
}

const isoTime = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const latestSecond = 8_640_000_000_000;

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** The unix seconds of a datetime, given as such or in ISO 8601 with its zone; undefined for anything else. */
export function datetimeSeconds(value: unknown): number | undefined {
  if (typeof value === 'number') {
    return Number.isInteger(value) && Math.abs(value) <= latestSecond ? value : undefined;
  }
  const [, day] = typeof value === 'string' ? (isoTime.exec(value) ?? []) : [];
  if (typeof value !== 'string' || day === undefined || !isDay(day)) return undefined;
  const milliseconds = Date.parse(value);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

/** Whether `text` is the whole address of something on the web. */
export function isWebAddress(text: string): boolean {
  return isImageAddress(text);
}

function fileProblem(value: unknown, mayBeSeveral: boolean): string | undefined {
  if (!Array.isArray(value)) return 'must be a list of files';
  if (value.length > 1 && !mayBeSeveral) return 'may have at most 1 file';
  if (value.length > ticketLimits.attachments) return `may have at most ${ticketLimits.attachments} files`;
  const addresses = value.map((file: unknown) =>
    typeof file === 'object' && file !== null && 'url' in file ? file.url : file,
  );
  const areFiles = addresses.every((address) => typeof address === 'string' && isWebAddress(address));
  return areFiles ? undefined : 'must be files with an http or https address';
}

/** Whether `value` leaves an attribute empty. */
export function isEmptyValue(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/**
 * What keeps `value` from being one of `attribute`, worded to follow its name; undefined where nothing does. A value that
 * leaves the attribute empty is always one.
 */
export function ticketValueProblem({ data_type, input_options }: ValueRules, value: unknown): string | undefined {
  if (isEmptyValue(value)) return undefined;
  switch (data_type) {
    case 'string':
      if (typeof value !== 'string') return 'must be a text';
      return value.length > ticketLimits.text ? `may have at most ${ticketLimits.text} characters` : undefined;
    case 'list':
      return input_options?.list_options?.some(({ id }) => id === value)
        ? undefined
        : 'must be the id of one of its list items';
    case 'integer':
      return Number.isSafeInteger(value) ? undefined : 'must be a whole number';
    case 'decimal':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : 'must be a number';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'datetime':
      return datetimeSeconds(value) === undefined
        ? 'must be a time: in unix seconds, or in ISO 8601 with its time zone'
        : undefined;
    case 'files':
      return fileProblem(value, input_options?.allow_multiple_values ?? false);
  }
}
