import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { errorList } from '#contract/errors.ts';
import type { Operation, ResponseOf } from '#contract/operation.ts';
import { Refusal } from './refusal.ts';
import type { UpstreamAnswer } from './upstream.ts';

const passedOn = [
  'retry-after',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'idempotent-replayed',
];

/** Of an answer's headers those that the browser is to have. */
export function headersPassedOn({ headers }: Pick<UpstreamAnswer, 'headers'>): Record<string, string> {
  return Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/**
 * What an upstream answered to `operation`, for what the gateway makes of it. Throws a `Refusal`: the upstream's own
 * where it refused, and one that says so where the answer cannot be used.
 */
export function readAnswer<const Op extends Operation>(operation: Op, answer: UpstreamAnswer): ResponseOf<Op> {
  const body = parse(answer.body);
  if (answer.status >= 400 && answer.status <= 599) throw refusalOf(answer, body);
  const parsed = operation.response.safeParse(body);
  if (answer.status >= 300 || !parsed.success) {
    const message = 'The answer of the workspace is not in the form that the API describes; try again.';
    throw new Refusal(502, 'unusable_answer', message);
  }
  return parsed.data as ResponseOf<Op>;
}

/** The refusal of a read, which is no matter of the log. */
function refusalOf(answer: UpstreamAnswer, body: unknown): Refusal {
  const { status } = answer;
  const error = errorList.safeParse(body).data?.errors[0];
  const details = { headers: headersPassedOn(answer), isLogged: false };
  const silent = `The workspace refused with status ${status} and did not say why; try again.`;
  if (error === undefined && status !== 429) return new Refusal(502, 'unusable_answer', silent, details);
  const { code = 'rate_limit_exceeded', message, field } = error ?? {};
  return new Refusal(status as ContentfulStatusCode, code, message ?? silent, {
    ...details,
    field: field ?? undefined,
  });
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return undefined;
  }
}
