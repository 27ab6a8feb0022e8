import { Button } from '../../ui/button.tsx';
import { rest } from '../../ui/rest.ts';
import { Spinner } from '../../ui/spinner.tsx';
import type { ApiError } from '../api-error.ts';

const useExplanations = rest(() => import('../explain-error.ts'));

interface ListEndProps {
  hasMore: boolean;
  isLoadingMore: boolean;
  error: ApiError | null | undefined;
  onRetry: (() => void) | undefined;
}

/** What stands under the last row: that more comes, that it did not, or that this is all. */
export function ListEnd({ hasMore, isLoadingMore, error, onRetry }: ListEndProps) {
  const loaded = useExplanations(Boolean(error));
  return (
    <div className="sticky start-0 flex min-h-10 flex-wrap items-center justify-center gap-2 px-3 py-2 text-muted text-sm">
      {error && !isLoadingMore ? (
        <>
          <p role="alert" className="text-danger">
            The next rows could not be loaded. {loaded?.explainError(error).text}
          </p>
          {onRetry && (
            <Button size="sm" onClick={onRetry}>
              Try again
            </Button>
          )}
        </>
      ) : (
        <p role="status" className="inline-flex items-center gap-2">
          {isLoadingMore && <Spinner className="animate-appear" />}
          {isLoadingMore ? 'Loading more' : !hasMore && 'That is everything.'}
        </p>
      )}
    </div>
  );
}
