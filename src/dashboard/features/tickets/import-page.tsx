import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { ErrorPanel } from '../../lib/error-panel.tsx';
import { paths } from '../../lib/paths.ts';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { ticketTypeQueries } from '../ticket-types/queries.ts';
import { ImportProgress } from './import-progress.tsx';
import { ImportSetUp } from './import-set-up.tsx';

/** The page on which tickets are made from a file: the file and its columns, then the check, then the writing. */
export function ImportPage() {
  const { data, error, refetch } = useQuery(ticketTypeQueries.list());
  const [search, setSearch] = useSearchParams();
  const batchId = search.get('batch');
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-6 p-4 md:p-6">
      <title>Import tickets · Deskbell</title>
      <div>
        <Link to={paths.tickets.href()} className="text-muted text-sm hover:text-fg">
          Tickets
        </Link>
        <h1 tabIndex={-1} className="font-semibold text-xl outline-none">
          Import tickets
        </h1>
        <p className="text-muted">
          From a CSV file with one ticket a row. Every row is checked before anything is created.
        </p>
      </div>
      {error && !data ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading what="ticket types">
          <Skeleton className="h-40" />
        </Loading>
      ) : batchId ? (
        <ImportProgress batchId={batchId} ticketTypes={data} onStartOver={() => setSearch({})} />
      ) : (
        <ImportSetUp
          ticketTypes={data.filter(({ archived }) => !archived)}
          onUploaded={(id) => setSearch({ batch: id })}
        />
      )}
    </div>
  );
}
