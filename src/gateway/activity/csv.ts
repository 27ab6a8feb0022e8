import type { ActivityRow } from './store.ts';

const columns = [
  'id',
  'at',
  'person',
  'person_id',
  'address',
  'operation',
  'object',
  'object_name',
  'status',
  'refusal',
  'request_id',
  'reverts',
  'changes',
];

// What a spreadsheet would compute, in ASCII and in full width, also behind white space.
const formula = /^[\s\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

/** A cell that no spreadsheet computes, quoted where it has to be. */
function cell(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && formula.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (cells: readonly (string | number | null)[]) => `${cells.map(cell).join(',')}\r\n`;

/** The first line. */
export const csvHeader = line(columns);

/** One entry. Times are ISO 8601 in UTC, changes are JSON. */
export function csvLine(row: ActivityRow): string {
  return line([
    row.id,
    new Date(row.at * 1000).toISOString(),
    row.person_name,
    row.person_id,
    row.address,
    row.operation,
    row.object,
    row.object_name,
    row.status,
    row.refusal,
    row.request_id,
    row.reverts,
    row.changes.length === 0 ? null : JSON.stringify(row.changes),
  ]);
}
