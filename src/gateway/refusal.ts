import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ErrorList } from '#contract/errors.ts';

interface RefusalDetails {
  headers?: Record<string, string>;
  /** The body's field that is wrong. */
  field?: string | undefined;
  /** False for what would only fill the activity log. */
  isLogged?: boolean;
}

/** An answer that the gateway gives itself, in place of the upstream's. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly headers: Record<string, string>;
  readonly field: string | undefined;
  readonly isLogged: boolean;

  constructor(status: ContentfulStatusCode, code: string, message: string, details: RefusalDetails = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = details.headers ?? {};
    this.field = details.field;
    this.isLogged = details.isLogged ?? true;
  }
}

export const notFound = () => new Refusal(404, 'not_found', 'There is nothing at this address; check its spelling.');

/** A value of the body that cannot be taken. `reason` goes on where the field's name ends: "is already used". */
export const invalidField = (field: string, reason: string) =>
  new Refusal(400, 'parameter_invalid', `${field} ${reason}`, { field });

/** The body of a refusal. */
export function envelope(
  refusal: Pick<Refusal, 'code' | 'message'> & { field?: string | undefined },
  requestId: string,
): ErrorList {
  const { code, message, field } = refusal;
  return { type: 'error.list', request_id: requestId, errors: [{ code, message, ...(field && { field }) }] };
}
