import type { ReactNode } from 'react';
import { Alert } from '../ui/alert.tsx';
import type { ApiError } from './api-error.ts';
import { useSecondsUntil } from './countdown.ts';
import { explainError } from './explain-error.ts';

/** Says above a form's buttons why it was not saved. A 429 counts down to when saving works again. */
export function ErrorAlert({ error, actions }: { error: ApiError; actions?: ReactNode }) {
  const { title, text, requestId, retryAt } = explainError(error);
  const seconds = useSecondsUntil(retryAt);
  return (
    <Alert tone="danger" live="alert" title={title} actions={actions}>
      <p>{text}</p>
      {retryAt !== undefined && (
        <p aria-live="off">{seconds > 0 ? `You can save again in ${seconds} s.` : 'You can save again now.'}</p>
      )}
      {requestId && <p className="text-sm">Request {requestId}</p>}
    </Alert>
  );
}
