import type { ErrorList } from '#contract/errors.ts';

type Failure = ErrorList['errors'][number];
type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 429 | 500 | 503;

/** Thrown to answer a request with an error envelope. Whatever else is thrown is answered as an unexpected error. */
export class Refusal extends Error {
  readonly status: RefusalStatus;
  readonly errors: [Failure, ...Failure[]];
  readonly headers: Record<string, string>;
  /** Whether the answer's body says the request's id; its header always does. */
  namesRequest: boolean = true;

  constructor(status: RefusalStatus, errors: [Failure, ...Failure[]], headers: Record<string, string> = {}) {
    super(errors[0].message ?? errors[0].code);
    this.name = 'Refusal';
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export function badRequest(code: string, message: string): Refusal {
  return new Refusal(400, [{ code, message }]);
}

/** A parameter that the operation does not know, where it refuses those. */
export function unknownParameter(name: string): Refusal {
  const refusal = badRequest('bad_request', `bad '${name}' parameter`);
  refusal.namesRequest = false;
  return refusal;
}

/** A parameter whose value does not do: `invalid('icon', 'must be one emoji')`. */
export function invalid(field: string, problem: string): Refusal {
  return new Refusal(400, [{ code: 'parameter_invalid', message: `${field} ${problem}`, field }]);
}

export function notFound(code = 'not_found', message = 'Resource Not Found'): Refusal {
  return new Refusal(404, [{ code, message }]);
}

/** For a conditional write that comes after somebody else's. */
export function modifiedSince(): Refusal {
  const message = 'The resource was changed since it was read; read it again and repeat the change';
  return new Refusal(412, [{ code: 'resource_conflict', message }]);
}
