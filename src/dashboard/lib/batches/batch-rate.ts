const windowMs = 10_000;

interface Sample {
  at: number;
  settled: number;
}

/** How fast something goes, by what was seen of it in the last ten seconds. */
export function createRate() {
  const samples = new Map<string, Sample[]>();
  return {
    /** Notes how much is settled at a time, in milliseconds. What went back is counted anew. */
    note(id: string, settled: number, at: number): void {
      const known = samples.get(id) ?? [];
      const last = known.at(-1);
      const kept = last !== undefined && settled < last.settled ? [] : known.filter((one) => at - one.at <= windowMs);
      samples.set(id, [...kept, { at, settled }]);
    },
    /** Per second; undefined as long as too little was seen. */
    of(id: string): number | undefined {
      const known = samples.get(id) ?? [];
      const [first, last] = [known[0], known.at(-1)];
      if (first === undefined || last === undefined || last.at - first.at < 900) return undefined;
      return (last.settled - first.settled) / ((last.at - first.at) / 1_000);
    },
  };
}
