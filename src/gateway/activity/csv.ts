import { csvLine } from '../csv.ts';
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

/** The first line. */
export const activityCsvHeader = csvLine(columns);

/** One entry. Times are ISO 8601 in UTC, changes are JSON. */
export function activityCsvLine(row: ActivityRow): string {
  return csvLine([
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
