import type { TicketTypeAttribute } from '#contract/ticket-types.ts';

/** What an attribute holds, as it is sent. Null is nothing. */
export type SentValue = string | number | boolean | { name: string; url: string }[] | null;

export type ReadValue = { value: SentValue } | { problem: string };

const yes = new Set(['true', 'yes', 'y', '1']);
const no = new Set(['false', 'no', 'n', '0']);
const localTime = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

function readDatetime(text: string): ReadValue {
  const problem = 'is not a date such as 2026-03-31 or 2026-03-31 14:30';
  if (!localTime.test(text)) return { problem };
  // A day alone would be read as midnight in Greenwich, not here.
  const milliseconds = Date.parse(text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T'));
  if (Number.isNaN(milliseconds)) return { problem };
  // The 30th of February would be read as some day in March.
  const isLocal = !/(?:Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10));
  if (isLocal && new Date(milliseconds).getDate() !== Number(text.slice(8, 10))) return { problem };
  return { value: Math.floor(milliseconds / 1000) };
}

function readFiles(text: string, allowsMany: boolean): ReadValue {
  const files: { name: string; url: string }[] = [];
  for (const part of text.split(/\s+/)) {
    const url = URL.canParse(part) ? new URL(part) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) return { problem: `has no web address in “${part}”` };
    const name = decodeURIComponentSafely(url.pathname.split('/').at(-1) ?? '') || url.hostname;
    files.push({ name, url: url.href });
  }
  return files.length > 1 && !allowsMany ? { problem: 'takes one file only' } : { value: files };
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Reads what a person typed, or what stands in a cell of a file, as a value of `attribute`: list items by their label,
 * times as a date in the person's zone, files as web addresses with white space between. Blank is null.
 */
export function readAttributeText(attribute: TicketTypeAttribute, typed: string): ReadValue {
  const text = typed.trim();
  if (text === '') return { value: null };
  const { data_type: dataType, input_options: options } = attribute;
  switch (dataType) {
    case 'string':
      return { value: options?.multiline ? typed : text };
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(text) ? { value: Number(text) } : { problem: 'is not a whole number' };
    case 'decimal':
      return /^[+-]?(?:\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})$/.test(text)
        ? { value: Number(text) }
        : { problem: 'is not a number such as 12.50' };
    case 'boolean': {
      const flag = text.toLowerCase();
      if (yes.has(flag)) return { value: true };
      return no.has(flag) ? { value: false } : { problem: 'is neither yes nor no' };
    }
    case 'list': {
      const items = options?.list_options ?? [];
      const wanted = text.toLowerCase();
      const item = items.find(({ id, label }) => id === text || label.toLowerCase() === wanted);
      return item ? { value: item.id } : { problem: `has no item “${text}”` };
    }
    case 'datetime':
      return readDatetime(text);
    case 'files':
      return readFiles(text, options?.allow_multiple_values ?? false);
  }
}
