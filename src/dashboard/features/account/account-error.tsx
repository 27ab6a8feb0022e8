import type { ApiError } from '../../lib/api-error.ts';
import { useSecondsUntil } from '../../lib/countdown.ts';
import { explainError } from '../../lib/explain-error.ts';
import { Alert } from '../../ui/alert.tsx';

interface AccountErrorProps {
  error: ApiError;
  /** The sentence for what is usual here, such as a wrong password. */
  text?: string | undefined;
}

/** Why a form about oneself did not go through. Who tried too often sees how long to wait. */
export function AccountError({ error, text }: AccountErrorProps) {
  const seconds = useSecondsUntil(error.retryAt);
  if (text !== undefined) {
    return (
      <Alert tone="danger" live="alert">
        {text}
      </Alert>
    );
  }
  if (error.status === 429) {
    return (
      <Alert tone="warning" live="alert" title="Too many attempts">
        <p>To keep others from guessing, Deskbell takes none for a while.</p>
        <p aria-live="off" className="tabular-nums">
          {seconds > 0 ? `You can try again in ${inWords(seconds)}.` : 'You can try again now.'}
        </p>
      </Alert>
    );
  }
  const explained = explainError(error);
  return (
    <Alert tone="danger" live="alert" title={explained.title}>
      <p>{explained.text}</p>
      {explained.requestId && <p className="text-sm">Request {explained.requestId}</p>}
    </Alert>
  );
}

function inWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
