import type { UpstreamAnswer } from '../upstream.ts';

/** The part of an upstream's limit that is left to people. */
const leftToPeople = 0.1;
const longestWaitSeconds = 3600;
const unsaidWaitSeconds = 10;

const now = () => Math.floor(Date.now() / 1000);

function header({ headers }: UpstreamAnswer, name: string): number | undefined {
  const value = headers.get(name);
  return value !== null && /^\d{1,12}$/.test(value) ? Number(value) : undefined;
}

const within = (until: number) => Math.min(until, now() + longestWaitSeconds);

/** Until when to send nothing more after an answer, in unix seconds; undefined where one may go on. */
export function waitAfter(answer: UpstreamAnswer): number | undefined {
  const reset = header(answer, 'x-ratelimit-reset');
  if (answer.status === 429) {
    const retryAfter = header(answer, 'retry-after');
    if (retryAfter !== undefined) return within(now() + Math.max(retryAfter, 1));
    return reset !== undefined && reset > now() ? within(reset) : now() + unsaidWaitSeconds;
  }
  const remaining = header(answer, 'x-ratelimit-remaining');
  const limit = header(answer, 'x-ratelimit-limit');
  if (remaining === undefined || reset === undefined || reset <= now()) return undefined;
  return remaining <= (limit ?? 0) * leftToPeople ? within(reset) : undefined;
}

/** The upstream asked to slow down: nothing was done. */
export class SlowDown extends Error {
  override readonly name = 'SlowDown';
  readonly until: number;

  constructor(until: number) {
    super();
    this.until = until;
  }
}

/** Nothing can be written at all, whichever item it is. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';

  constructor() {
    super('The workspace could not be reached. Resume once it can be.');
  }
}

/** The batch cannot go on until a person does something about it, which the message says. */
export class Halt extends Error {
  override readonly name = 'Halt';
}
