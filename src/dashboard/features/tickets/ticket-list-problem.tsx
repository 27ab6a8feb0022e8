import Inbox from 'lucide-react/icons/inbox';
import SearchX from 'lucide-react/icons/search-x';
import TicketX from 'lucide-react/icons/ticket-x';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { isSearchGroup, type SearchFilter, type SearchQuery } from '#contract/search.ts';
import { ErrorPanel } from '../../lib/error-panel.tsx';
import { paths } from '../../lib/paths.ts';
import { filterWords } from '../../lib/search/filter-words.ts';
import { filtersIn, fromGroup, removeAt, toGroup } from '../../lib/search/query-edit.ts';
import { useMay } from '../../lib/session.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import type { TicketList } from './ticket-list-data.ts';
import { useTicketFields } from './ticket-list-fields.tsx';
import { isFiltered, type TicketListSearch, withoutFilters } from './ticket-list-search.ts';

interface ProblemProps {
  search: TicketListSearch;
  onChange: (search: TicketListSearch) => void;
  list: TicketList;
}

/** Stands in place of the rows: why there are none, and what to do next. */
export function ListProblem({ search, onChange, list }: ProblemProps) {
  const { error } = list;
  const clear = <Button onClick={() => onChange(withoutFilters(search))}>Clear the filters</Button>;
  if (list.isTooLarge) {
    return (
      <EmptyState icon={<SearchX />} title="These are too many filters for one search" action={clear}>
        The API takes 15 conditions in a group. Remove some of the filters, or search without the text.
      </EmptyState>
    );
  }
  if (error?.code === 'intercom_version_invalid') return <NoSearch />;
  const refused = error?.status === 400 ? filterAt(list.query, error.field) : undefined;
  if (error && refused) {
    return (
      <RefusedFilter search={search} onChange={onChange} refused={refused} message={error.message} clear={clear} />
    );
  }
  if (error) return <ErrorPanel error={error} onRetry={list.refresh} />;
  if (!isFiltered(search)) return <NoTickets />;
  return (
    <EmptyState icon={<SearchX />} title="No ticket matches" action={clear}>
      No ticket has all that you ask for.
    </EmptyState>
  );
}

function NoTickets() {
  const mayCreate = useMay('createTicket');
  return (
    <EmptyState icon={<Inbox />} title="No tickets yet" action={mayCreate && <CreateLinks />}>
      What contacts ask for, and what teammates note for each other, will stand here.
    </EmptyState>
  );
}

function CreateLinks(): ReactNode {
  return (
    <span className="flex flex-wrap justify-center gap-2">
      <Link to={paths.newTicket.href()} className={buttonClass({ variant: 'primary' })}>
        Create ticket
      </Link>
      <Link to={paths.importTickets.href()} className={buttonClass()}>
        Import from a file
      </Link>
    </span>
  );
}

/** API 2.9 cannot search for tickets. */
function NoSearch() {
  const [id, setId] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const navigate = useNavigate();
  function open(event: FormEvent) {
    event.preventDefault();
    const wanted = id.trim().replace(/^#/, '');
    if (wanted === '') return setIsMissing(true);
    void navigate(paths.ticket.href(wanted));
  }
  return (
    <EmptyState icon={<TicketX />} title="This workspace’s API cannot list tickets">
      <div className="flex flex-col items-center gap-4">
        <p>
          Deskbell is set to version 2.9 of the API, which has no search for tickets; 2.10 and later have. Whoever runs
          Deskbell can set a later version. Until then, tickets can be opened by their id, and created.
        </p>
        <form className="flex items-end gap-2 text-start" onSubmit={open}>
          <Field label="Ticket id" error={isMissing && id.trim() === '' ? 'Enter an id.' : undefined}>
            <Input inputMode="numeric" autoComplete="off" value={id} onChange={({ target }) => setId(target.value)} />
          </Field>
          <Button type="submit">Open ticket</Button>
        </form>
        <Link to={paths.newTicket.href()} className={buttonClass({ variant: 'primary' })}>
          Create ticket
        </Link>
      </div>
    </EmptyState>
  );
}

interface RefusedFilterProps extends Pick<ProblemProps, 'search' | 'onChange'> {
  refused: SearchFilter;
  message: string;
  clear: ReactNode;
}

function RefusedFilter({ search, onChange, refused, message, clear }: RefusedFilterProps) {
  const fields = useTicketFields(search.filter);
  const { field, condition, value } = filterWords(
    refused,
    fields.find(({ name }) => name === refused.field),
  );
  const root = toGroup(search.filter);
  const own = filtersIn(root).find(({ filter }) => filter === refused);
  return (
    <ErrorState
      title="The workspace refused one of the filters"
      message={
        <>
          <p className="font-medium text-fg">{`${field} ${condition} ${value}`.trim()}</p>
          <p>{message}</p>
        </>
      }
    >
      {own ? (
        <Button variant="primary" onClick={() => onChange({ ...search, filter: fromGroup(removeAt(root, own.path)) })}>
          Remove this filter
        </Button>
      ) : (
        clear
      )}
    </ErrorState>
  );
}

/** The filter that a refusal's place leads to: `query.value.1.operator` is in the second part of the query. */
function filterAt(query: SearchQuery | undefined, place: string | undefined): SearchFilter | undefined {
  const [start, ...keys] = place?.split('.') ?? [];
  if (start !== 'query') return undefined;
  let part = query;
  for (const key of keys) {
    if (part === undefined || !isSearchGroup(part)) break;
    if (key !== 'value') part = part.value[Number(key)];
  }
  return part === undefined || isSearchGroup(part) ? undefined : part;
}
