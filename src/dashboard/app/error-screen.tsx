import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { isRouteErrorResponse, useNavigate, useRouteError } from 'react-router';
import { ApiError } from '../lib/api-error.ts';
import { ErrorPanel } from '../lib/error-panel.tsx';
import { useSessionPhase } from '../lib/session-watch.ts';
import { Forbidden } from './forbidden.tsx';
import { NotFound } from './not-found.tsx';

/** What a screen shows when its data or its code failed. `isRoot`: the shell itself failed, so it stands alone. */
export function ErrorScreen({ isRoot }: { isRoot: boolean }) {
  const error = useRouteError();
  const { reset } = useQueryErrorResetBoundary();
  const navigate = useNavigate();
  const status = error instanceof ApiError || isRouteErrorResponse(error) ? error.status : undefined;

  function retry() {
    reset();
    if (isRoot) window.location.reload();
    // A revalidation that ends within one render would leave the boundary as it is; a navigation never does.
    else
      void navigate(window.location.href.slice(window.location.origin.length), {
        replace: true,
        preventScrollReset: true,
      });
  }
  useRetryWhenSignedIn(retry);

  if (status === 404) return <NotFound text="It may have been removed, or the address is wrong." />;
  if (status === 403 && error instanceof ApiError) return <Forbidden error={error} />;
  return (
    <div className="mx-auto max-w-prose px-4 py-16">
      <title>Failed · Deskbell</title>
      <h1 tabIndex={-1} className="sr-only">
        This page could not be shown
      </h1>
      <ErrorPanel error={error} onRetry={retry} />
    </div>
  );
}

/** Whatever failed while the session was over may succeed now. */
function useRetryWhenSignedIn(retry: () => void): void {
  const phase = useSessionPhase();
  const before = useRef(phase);
  const retryNow = useEffectEvent(retry);
  useEffect(() => {
    if (phase === 'signed-in' && before.current !== phase) retryNow();
    before.current = phase;
  }, [phase]);
}
