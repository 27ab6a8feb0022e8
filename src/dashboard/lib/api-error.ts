import type { ErrorList } from '#contract/errors.ts';

/** Codes that the dashboard gives itself, for what happens before or instead of an answer. */
type LocalErrorCode =
  /** The request was never sent: the device has no network. */
  | 'offline'
  /** A read got no answer. */
  | 'unreachable'
  /** A write was sent and no answer came: it may have taken effect. */
  | 'outcome_unknown'
  /** An answer came that the contract does not know. */
  | 'unexpected_answer';

interface ApiErrorDetails {
  /** HTTP status, 0 where no answer came. */
  status: number;
  code: LocalErrorCode | (string & {});
  message: string;
  requestId?: string | undefined;
  /** The request's field that the error is about, in the wire's name. */
  field?: string | undefined;
  /** When the API says it will take requests again, in milliseconds since the epoch. */
  retryAt?: number | undefined;
  /** Every error of the answer, the first being the one above. */
  errors?: ErrorList['errors'];
}

/** The one error that `call` throws. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly field: string | undefined;
  readonly retryAt: number | undefined;
  readonly errors: ErrorList['errors'];

  constructor(details: ApiErrorDetails) {
    super(details.message);
    this.status = details.status;
    this.code = details.code;
    this.requestId = details.requestId;
    this.field = details.field;
    this.retryAt = details.retryAt;
    this.errors = details.errors ?? [];
  }

  /** Someone else changed the record since it was read. */
  get isConflict(): boolean {
    return this.status === 412 || this.code === 'resource_conflict';
  }

  /** The write may or may not have taken effect. */
  get isOutcomeUnknown(): boolean {
    return this.code === 'outcome_unknown';
  }
}
