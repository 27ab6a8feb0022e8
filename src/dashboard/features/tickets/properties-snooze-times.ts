export interface SnoozeTime {
  label: string;
  /** Unix seconds. */
  time: number;
}

const morning = 9;
const laterBy = 3;
const evening = 18;

/** When a ticket may come back, by the clocks of this device. */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const at = (days: number, hour: number) =>
    Math.floor(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour).getTime() / 1_000);
  const later = now.getHours() + laterBy;
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    // In the evening there is no later today that anyone would work at.
    ...(later <= evening ? [{ label: 'Later today', time: at(0, later) }] : []),
    { label: 'Tomorrow', time: at(1, morning) },
    { label: 'Next Monday', time: at(toMonday, morning) },
    { label: 'In a week', time: at(7, morning) },
  ];
}
