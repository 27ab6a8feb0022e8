/** One figure, beside its bar where it has one. */
export interface Line {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The most that is allowed, or the least when `atLeast`; absent where there is no bar. */
  readonly bar?: number;
  readonly atLeast?: boolean;
  readonly against?: string;
}

export function printLines(lines: readonly Line[]): void {
  for (const { what, value, unit, bar, atLeast = false, against = '' } of lines) {
    const isKept = bar === undefined || (atLeast ? value >= bar : value <= bar);
    const verdict = bar === undefined ? '    ' : isKept ? 'pass' : 'MISS';
    const limit = bar === undefined ? '' : `${atLeast ? 'at least' : 'at most'} ${bar.toFixed(1)}`;
    const cells = [verdict, what.padEnd(58), `${value.toFixed(1)} ${unit}`.padStart(12), limit.padEnd(18), against];
    process.stdout.write(`${cells.join('  ').trimEnd()}\n`);
  }
}
