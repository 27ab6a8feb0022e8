import { useQuery } from '@tanstack/react-query';
import ListChecks from 'lucide-react/icons/list-checks';
import X from 'lucide-react/icons/x';
import { createPortal } from 'react-dom';
import { IconButton } from '../../ui/button.tsx';
import { useModal } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorPanel } from '../error-panel.tsx';
import { BatchCard } from './batch-card.tsx';
import { batchQueries } from './batch-queries.ts';

/** Long work, the newest first, at the end of the page. */
export function BatchDrawer({ onClose }: { onClose: () => void }) {
  const ref = useModal(onClose);
  return createPortal(
    <dialog
      ref={ref}
      aria-labelledby="long-work"
      className="fixed inset-y-0 ms-auto me-0 h-dvh max-h-none w-[min(100%,28rem)] max-w-none animate-fade flex-col bg-raised p-0 text-fg shadow-pop open:flex"
    >
      <header className="flex items-center justify-between border-line border-b ps-5 pe-3 py-3">
        <h2 id="long-work" className="font-semibold text-lg">
          Long work
        </h2>
        <IconButton label="Close" icon={<X aria-hidden="true" />} size="sm" onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Batches />
      </div>
    </dialog>,
    document.body,
  );
}

function Batches() {
  const batches = useQuery(batchQueries.list());
  if (batches.data === undefined) {
    if (batches.error) {
      return <ErrorPanel error={batches.error} onRetry={batches.refetch} retrying={batches.isFetching} />;
    }
    return (
      <div role="status" aria-label="Loading long work" className="flex flex-col gap-3 px-5 py-4">
        <Skeleton className="h-16" />
        <Skeleton className="h-16" />
      </div>
    );
  }
  if (batches.data.length === 0) {
    return (
      <EmptyState icon={<ListChecks />} title="No long work yet">
        Bulk changes and imports show their progress here.
      </EmptyState>
    );
  }
  return (
    <ul>
      {batches.data.map((batch) => (
        <BatchCard key={batch.id} batch={batch} />
      ))}
    </ul>
  );
}
