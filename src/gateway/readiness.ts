import { identifyAdmin } from '#contract/admins.ts';
import type { Upstream } from './upstream.ts';

type State = 'ok' | 'failed';

export interface Readiness {
  isReady: boolean;
  database: State;
  upstream: State;
}

const freshMs = 5_000;

const stateOf = (check: Promise<unknown>): Promise<State> =>
  check.then(
    () => 'ok',
    () => 'failed',
  );

/** Asks the database and the upstream, at most once in a few seconds however often it is called. */
export function createReadiness(database: { ping(): Promise<void> }, upstream: Upstream): () => Promise<Readiness> {
  let latest: { at: number; readiness: Promise<Readiness> } | undefined;

  const callUpstream = async () => {
    const { status } = await upstream.send({ operation: identifyAdmin, params: {} });
    // An upstream that asks for patience is there.
    if (status !== 200 && status !== 429) throw new Error(`the upstream answers with ${status}`);
  };
  const check = async (): Promise<Readiness> => {
    const [ofDatabase, ofUpstream] = await Promise.all([stateOf(database.ping()), stateOf(callUpstream())]);
    return { isReady: ofDatabase === 'ok' && ofUpstream === 'ok', database: ofDatabase, upstream: ofUpstream };
  };
  return () => {
    const now = performance.now();
    if (latest === undefined || now - latest.at > freshMs) latest = { at: now, readiness: check() };
    return latest.readiness;
  };
}
