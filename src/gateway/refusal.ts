import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ErrorList } from '#contract/errors.ts';

/** An answer that the gateway gives itself, in place of the upstream's. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: ContentfulStatusCode, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export const notFound = () => new Refusal(404, 'not_found', 'There is nothing at this address; check its spelling.');

/** The body of a refusal. */
export function envelope(refusal: Pick<Refusal, 'code' | 'message'>, requestId: string): ErrorList {
  return { type: 'error.list', request_id: requestId, errors: [{ code: refusal.code, message: refusal.message }] };
}
