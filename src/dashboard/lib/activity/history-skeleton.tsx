import { Loading, Skeleton } from '../../ui/skeleton.tsx';

/** As long as its entries are not there. */
export function HistorySkeleton() {
  return (
    <Loading what="the history">
      <div className="flex flex-col gap-2">
        <Skeleton className="h-8" />
        <Skeleton className="h-8" />
        <Skeleton className="h-8" />
      </div>
    </Loading>
  );
}
