import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import { paths } from '../paths.ts';
import { useMay } from '../session.ts';
import { HistorySkeleton } from './history-skeleton.tsx';

const ObjectHistory = lazy(async () => ({ default: (await import('./object-history.tsx')).ObjectHistory }));

/**
 * What was done to one object, for who may read the log; nothing for everyone else. `object` is its path on the wire,
 * such as `/ticket_types/7`; what was done to its parts belongs to it.
 */
export function HistorySection({ object }: { object: string }) {
  if (!useMay('listActivity')) return null;
  return (
    <section aria-labelledby="history" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="history" className="font-semibold text-lg">
          History
        </h2>
        <Link to={paths.activity.href({ object })} className="text-muted text-sm hover:text-fg">
          Open in the log
        </Link>
      </div>
      <Suspense fallback={<HistorySkeleton />}>
        <ObjectHistory object={object} />
      </Suspense>
    </section>
  );
}
