import * as z from 'zod/mini';
import { activityFilter } from '#contract/gateway/activity.ts';
import type { ActivityFilter } from '../../lib/activity/activity-queries.ts';

export const ranges = ['today', '7d', '30d'] as const;
export type Range = (typeof ranges)[number];

/** A day of the calendar, which 30 February is not. */
const day = z.string().check(
  z.regex(/^\d{4}-\d\d-\d\d$/),
  z.refine((value) => isoDay(firstSecondOf(value)) === value),
);

/** The log's filters as they stand in the address. What cannot be read counts as not given. */
const search = z.object({
  person: z.catch(activityFilter.person, undefined),
  operation: z.catch(activityFilter.operation, undefined),
  object: z.catch(activityFilter.object, undefined),
  outcome: z.catch(activityFilter.outcome, undefined),
  range: z.catch(z.optional(z.enum(ranges)), undefined),
  /** Calendar days in this device's zone, both inclusive. Only without a range. */
  from: z.catch(z.optional(day), undefined),
  to: z.catch(z.optional(day), undefined),
});
export type ActivitySearch = z.output<typeof search>;

export function parseActivitySearch(params: URLSearchParams): ActivitySearch {
  const parsed = search.parse(Object.fromEntries(params));
  return parsed.range === undefined ? parsed : { ...parsed, from: undefined, to: undefined };
}

const order = ['person', 'operation', 'object', 'outcome', 'range', 'from', 'to'] as const;

/** The address's parameters, always in one order; filters that are not set are left out. */
export function toSearchParams(state: ActivitySearch): URLSearchParams {
  return new URLSearchParams(order.flatMap((name) => (state[name] ? [[name, state[name]]] : [])));
}

/** Whether anything is filtered at all. */
export function isFiltered(state: ActivitySearch): boolean {
  return toSearchParams(state).size > 0;
}

const daysOf: Record<Range, number> = { today: 1, '7d': 7, '30d': 30 };

/** The calendar days of a range that ends today, both inclusive, as `2026-11-21`. */
export function daysOfRange(range: Range, now: Date): { from: string; to: string } {
  const first = new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysOf[range] + 1);
  return { from: isoDay(first), to: isoDay(now) };
}

/** What the gateway is asked for. Days become the seconds at which they begin in this device's zone. */
export function toActivityFilter(state: ActivitySearch, now: Date): ActivityFilter {
  const { range, person, operation, object, outcome } = state;
  // A range has no end: what happens from now on belongs to it.
  const days: Partial<Record<'from' | 'to', string | undefined>> = range
    ? { from: daysOfRange(range, now).from, to: undefined }
    : state;
  return {
    ...(person && { person }),
    ...(operation && { operation }),
    ...(object && { object }),
    ...(outcome && { outcome }),
    ...(days.from && { from: startOf(days.from, 0) }),
    ...(days.to && { to: startOf(days.to, 1) }),
  };
}

/** The unix seconds at which a calendar day begins here, or the one that comes `later` days after it. */
function startOf(isoDate: string, later: number): string {
  return String(Math.max(0, firstSecondOf(isoDate, later).getTime() / 1_000));
}

function firstSecondOf(isoDate: string, later = 0): Date {
  const [year = 0, month = 1, date = 1] = isoDate.split('-').map(Number);
  return new Date(year, month - 1, date + later);
}

function isoDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
