import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Batch, BatchItem } from '#contract/gateway/batches.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorAlert } from '../error-alert.tsx';
import { paths } from '../paths.ts';
import { batchQueries } from './batch-queries.ts';
import { hideBatches } from './drawer-state.ts';

const shown = 5;

/** The first items that failed, each with its reason. */
export function BatchProblems({ batch: { id, failed } }: { batch: Batch }) {
  const problems = useQuery(batchQueries.problems(id, failed));
  if (problems.error && !problems.data) return <ErrorAlert error={problems.error} />;
  if (!problems.data) return <Skeleton className="h-10" />;
  const more = failed - Math.min(shown, problems.data.length);
  return (
    <ul className="flex flex-col gap-1 border-line border-s-2 ps-3 text-sm">
      {problems.data.slice(0, shown).map((item) => (
        <li key={item.position} className="min-w-0">
          <ItemName item={item} /> <bdi className="break-words text-muted">{item.error_message}</bdi>
        </li>
      ))}
      {more > 0 && <li className="text-faint">{`and ${more.toLocaleString('en')} more in the download`}</li>}
    </ul>
  );
}

function ItemName({ item: { object_id, object_name, line } }: { item: BatchItem }) {
  const name = object_name || (object_id === null ? `Line ${line ?? '?'}` : `#${object_id}`);
  if (object_id === null) return <span className="font-medium">{name}:</span>;
  return (
    <Link to={paths.ticket.href(object_id)} onClick={hideBatches} className="font-medium" dir="auto">
      {name}
    </Link>
  );
}
