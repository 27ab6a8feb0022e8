import ShieldCheck from 'lucide-react/icons/shield-check';
import { useRef } from 'react';
import { Link } from 'react-router';
import type { Person } from '#contract/gateway/people.ts';
import { paths } from '../../lib/paths.ts';
import { useRowKeys } from '../../lib/use-row-keys.ts';
import { Badge } from '../../ui/badge.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { cellClass, HeaderCell, rowClass, rowLinkClass, TableFrame, tableClass } from '../../ui/table.tsx';
import { type PeopleSearch, toSearchParams } from './people-filters.ts';
import { RoleBadges, StateBadge } from './person-state.tsx';

interface TableProps {
  people: readonly Person[];
  search: PeopleSearch;
  ownId: string | undefined;
}

/** The people; a row opens the person over the list, at an address of its own. */
export function PeopleTable({ people, search, ownId }: TableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys({ list: body });
  return (
    <TableFrame label="People">
      <table className={tableClass}>
        <thead>
          <tr>
            <HeaderCell>Name</HeaderCell>
            <HeaderCell className="max-sm:hidden">Roles</HeaderCell>
            <HeaderCell className="max-sm:hidden">State</HeaderCell>
            <HeaderCell className="max-lg:hidden">Second factor</HeaderCell>
            <HeaderCell className="max-md:hidden">Last seen</HeaderCell>
          </tr>
        </thead>
        <tbody ref={body}>
          {people.map((person) => (
            <Row key={person.id} person={person} search={search} isSelf={person.id === ownId} />
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Row({ person, search, isSelf }: { person: Person; search: PeopleSearch; isSelf: boolean }) {
  const { id, name, email, roles, state, second_factor: hasSecondFactor, last_seen_at: lastSeenAt } = person;
  const href = paths.people.href(Object.fromEntries(toSearchParams({ ...search, person: id })));
  return (
    <tr className={rowClass}>
      <td className={`${cellClass} w-full max-w-0`}>
        <div className="flex items-center gap-2">
          <Link to={href} preventScrollReset data-row={id} className={`${rowLinkClass} truncate`}>
            {name}
          </Link>
          {isSelf && <Badge>You</Badge>}
        </div>
        <p className="truncate text-muted">{email}</p>
        <p className="mt-1 flex flex-wrap items-center gap-1 sm:hidden">
          {state !== 'active' && <StateBadge state={state} />}
          <RoleBadges roles={roles} />
        </p>
      </td>
      <td className={`${cellClass} whitespace-nowrap max-sm:hidden`}>
        <RoleBadges roles={roles} />
      </td>
      <td className={`${cellClass} whitespace-nowrap max-sm:hidden`}>
        <StateBadge state={state} />
      </td>
      <td className={`${cellClass} whitespace-nowrap max-lg:hidden`}>
        {hasSecondFactor ? (
          <span className="inline-flex items-center gap-1.5 align-middle">
            <ShieldCheck aria-hidden="true" className="size-4 text-success" />
            On
          </span>
        ) : (
          <span className="text-muted">Off</span>
        )}
      </td>
      <td className={`${cellClass} whitespace-nowrap text-muted max-md:hidden`}>
        {lastSeenAt === null ? 'Never' : <RelativeTime time={lastSeenAt} className="relative z-1" />}
      </td>
    </tr>
  );
}
