const daySeconds = 86_400;
const wakingHour = 9;

/** How many seconds the clocks of `timeZone` are ahead of UTC at `time`. */
function offsetAt(time: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = new Map(format.formatToParts(time * 1000).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local / 1000 - time;
}

/** Nine in the morning of the day after `now`, by the clocks of `timeZone`. Unix seconds. */
export function tomorrowMorning(now: number, timeZone: string): number {
  const today = Math.floor((now + offsetAt(now, timeZone)) / daySeconds);
  const local = (today + 1) * daySeconds + wakingHour * 3_600;
  // The clocks may change during the night.
  return local - offsetAt(local - offsetAt(now, timeZone), timeZone);
}
