import { Button } from '../ui/button.tsx';
import { rest } from '../ui/rest.ts';
import { ApiError } from './api-error.ts';
import type { ErrorPanelProps } from './error-panel.tsx';

const useErrorPanel = rest(() => import('./error-panel.tsx'));

/** An `ErrorPanel` for what the page begins with. Until the panel's code has come, or where it does not, a plain one. */
export function Failure(props: ErrorPanelProps) {
  const loaded = useErrorPanel();
  if (loaded) return <loaded.ErrorPanel {...props} />;
  const { error, onRetry, retrying } = props;
  return (
    <div role="alert" className="flex animate-appear flex-col items-center gap-3 px-4 py-12 text-center">
      <h1 tabIndex={-1} className="font-medium outline-none">
        This page could not be shown
      </h1>
      {error instanceof ApiError && <p className="max-w-prose text-muted">{error.message}</p>}
      <Button variant="primary" pending={retrying} onClick={onRetry}>
        Retry
      </Button>
    </div>
  );
}
