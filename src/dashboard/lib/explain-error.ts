import { ApiError } from './api-error.ts';

/** A failure in a person's words: what happened, and what to do next. */
export interface Explanation {
  title: string;
  text: string;
  /** Whether asking again may help. */
  canRetry: boolean;
  requestId?: string | undefined;
  /** When asking again may help, in milliseconds since the epoch. */
  retryAt?: number | undefined;
}

/** Explains anything that was thrown. Branches on code and status, never on message text. */
export function explainError(error: unknown): Explanation {
  if (!(error instanceof ApiError)) {
    return {
      title: 'This screen failed',
      text: 'Reload the page. If it happens again, copy the details and send them to whoever runs Deskbell.',
      canRetry: true,
    };
  }
  return { ...explainApiError(error), requestId: error.requestId, retryAt: error.retryAt };
}

function explainApiError(error: ApiError): Explanation {
  switch (error.code) {
    case 'offline':
      return {
        title: 'You are offline',
        text: 'Nothing was sent. What you entered stays here; try again when the network is back.',
        canRetry: true,
      };
    case 'unreachable':
      return {
        title: 'Deskbell’s server does not answer',
        text: 'Check that it is running and that your network reaches it, then try again.',
        canRetry: true,
      };
    case 'outcome_unknown':
      return {
        title: 'It is not known whether this was saved',
        text: 'The connection was lost before the answer came. Look at the current state before you save again.',
        canRetry: false,
      };
    case 'unexpected_answer':
      return { title: 'The answer could not be read', text: error.message, canRetry: true };
    case 'role_required':
      return {
        title: 'Your role does not allow this',
        text: `${error.message} Nothing was changed. Ask an owner of this Deskbell for the role.`,
        canRetry: false,
      };
    case 'last_owner':
      return {
        title: 'Nobody could manage people any more',
        text: 'This is the only active owner. Make someone else an owner first, then do this again.',
        canRetry: false,
      };
    case 'not_revertible':
    case 'not_invited':
      return { title: 'This is not possible any more', text: error.message, canRetry: false };
    case 'email_taken':
      return {
        title: 'Someone has this e-mail address already',
        text: 'Look for them in the list. Deactivated people can be let in again.',
        canRetry: false,
      };
    case 'not_signed_in':
      return {
        title: 'Your session has ended',
        text: 'Nothing was changed, and what you entered is still here. Sign in, then try again.',
        canRetry: true,
      };
    case 'credentials_wrong':
      return { title: 'That is not right', text: 'Check what you typed, then try again.', canRetry: false };
  }
  return explainStatus(error);
}

function explainStatus(error: ApiError): Explanation {
  switch (error.status) {
    case 401:
      return {
        title: 'The workspace refused Deskbell’s access',
        text: 'Its access token is missing, wrong or revoked. Whoever runs Deskbell has to set a valid one.',
        canRetry: true,
      };
    case 403:
      return {
        title: 'The workspace does not allow this',
        text: `${error.message} Ask an owner of the workspace for the permission or the plan that it needs.`,
        canRetry: true,
      };
    case 404:
      return {
        title: 'This does not exist',
        text: 'It may have been removed, or the address is wrong.',
        canRetry: true,
      };
    case 409:
    case 412:
      return {
        title: 'Someone else changed this meanwhile',
        text: 'Compare both versions before you save.',
        canRetry: false,
      };
    case 413:
      return { title: 'This is too large to send', text: 'Shorten it, then save again.', canRetry: false };
    case 429:
      return {
        title: 'Too many requests',
        text: 'The workspace has reached its limit of requests. Nothing was changed.',
        canRetry: true,
      };
  }
  if (error.status >= 500) {
    return {
      title: 'The workspace could not answer',
      text: 'This is a fault on the workspace’s side, and usually passes. Try again in a moment.',
      canRetry: true,
    };
  }
  return { title: 'The workspace refused this', text: error.message, canRetry: false };
}
