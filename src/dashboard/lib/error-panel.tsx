import { useEffect, useEffectEvent } from 'react';
import { ErrorState } from '../ui/error-state.tsx';
import { useSecondsUntil } from './countdown.ts';
import { explainError } from './explain-error.ts';

export interface ErrorPanelProps {
  error: unknown;
  onRetry: () => unknown;
  retrying?: boolean;
}

/** Stands where data should be: what happened, in a person's words. After a 429 it goes on by itself when it may. */
export function ErrorPanel({ error, onRetry, retrying = false }: ErrorPanelProps) {
  const { title, text, canRetry, requestId, retryAt } = explainError(error);
  const seconds = useSecondsUntil(retryAt);
  const retry = useEffectEvent(onRetry);
  useEffect(() => {
    if (retryAt !== undefined && seconds === 0) retry();
  }, [retryAt, seconds]);

  return (
    <ErrorState
      title={title}
      message={seconds > 0 ? `${text} It goes on by itself in ${seconds} s.` : text}
      requestId={requestId}
      onRetry={canRetry ? onRetry : undefined}
      retrying={retrying}
      details={[title, text, requestId && `Request ${requestId}`, String(error), new Date().toISOString()]
        .filter(Boolean)
        .join('\n')}
    />
  );
}
