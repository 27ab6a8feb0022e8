const steps: readonly { unit: Intl.RelativeTimeFormatUnit; seconds: number }[] = [
  { unit: 'year', seconds: 31_557_600 },
  { unit: 'month', seconds: 2_629_800 },
  { unit: 'week', seconds: 604_800 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
];

/** "5 minutes ago", "in 2 days", "now" within a minute, in the words of the page around it. Both times in unix seconds. */
export function relativeTime(time: number, now: number): string {
  const difference = time - now;
  const step = steps.find(({ seconds }) => Math.abs(difference) >= seconds);
  if (step === undefined) return relativeFormat.format(0, 'second');
  return relativeFormat.format(Math.trunc(difference / step.seconds), step.unit);
}

/** Date, time to the second and zone, in the person's own locale. Time in unix seconds. */
export function exactTime(time: number, locale?: string, timeZone?: string): string {
  return exactFormat(locale, timeZone).format(time * 1_000);
}

// Making a formatter costs a hundred times what using it does, and lists use one for each row.
const relativeFormat = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exactFormats = new Map<string, Intl.DateTimeFormat>();

function exactFormat(locale: string | undefined, timeZone: string | undefined) {
  const key = `${locale} ${timeZone}`;
  const known = exactFormats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long', timeZone });
  exactFormats.set(key, made);
  return made;
}
