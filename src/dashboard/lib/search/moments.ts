/** A moment that is often asked for, as the unix second it is now. */
export interface MomentPreset {
  label: string;
  at: (now: Date) => number;
}

const startOfDay = (now: Date, daysAgo: number) =>
  seconds(new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo));

/** In the zone of the person. A range such as "the last 7 days" is a filter "on or after" its first midnight. */
export const momentPresets: readonly MomentPreset[] = [
  { label: 'Today', at: (now) => startOfDay(now, 0) },
  { label: 'Yesterday', at: (now) => startOfDay(now, 1) },
  { label: 'Last 7 days', at: (now) => startOfDay(now, 6) },
  { label: 'Last 30 days', at: (now) => startOfDay(now, 29) },
  { label: 'This month', at: (now) => seconds(new Date(now.getFullYear(), now.getMonth(), 1)) },
];

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1_000);
}

/** Date and time in the person's own locale and zone; the date alone at midnight. Undefined for what is no time. */
export function momentText(time: number): string | undefined {
  const date = new Date(time * 1_000);
  if (Number.isNaN(date.getTime())) return undefined;
  const isMidnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0;
  return (isMidnight ? days : minutes).format(date);
}

const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const minutes = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** The value of a `datetime-local` input for a unix second, in the person's zone. */
export function toLocalInput(time: number): string {
  const date = new Date(time * 1_000);
  if (Number.isNaN(date.getTime())) return '';
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The unix second of what a `datetime-local` input holds; undefined while it is empty. */
export function fromLocalInput(text: string): number | undefined {
  const time = new Date(text).getTime();
  return text === '' || Number.isNaN(time) ? undefined : Math.floor(time / 1_000);
}

/** The person's zone, as it is to be said beside every time that is typed. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
