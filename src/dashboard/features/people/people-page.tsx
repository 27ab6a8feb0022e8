import { useQuery } from '@tanstack/react-query';
import SearchX from 'lucide-react/icons/search-x';
import UserPlus from 'lucide-react/icons/user-plus';
import { useMemo, useRef, useState } from 'react';
import type { Person } from '#contract/gateway/people.ts';
import { type Action, useActions } from '../../lib/actions.ts';
import { RoleNeeded } from '../../lib/role-needed.tsx';
import { sessionQueries, useMay, useNeededRoles } from '../../lib/session.ts';
import { useSearchState } from '../../lib/use-search-state.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { tooltip } from '../../ui/tooltip.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { filterPeople, parsePeopleSearch, toSearchParams } from './people-filters.ts';
import { PeopleTable } from './people-table.tsx';
import { PeopleToolbar } from './people-toolbar.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { peopleQueries } from './queries.ts';

/** Who may sign in to this Deskbell, and what each of them may do. */
export function PeoplePage() {
  const needed = useNeededRoles('listPeople');
  if (needed !== undefined) return <RoleNeeded message={`Managing people needs the role ${needed}.`} />;
  return <People />;
}

function People() {
  const { data } = useQuery({ ...peopleQueries.list(), throwOnError: (_, { state }) => state.data === undefined });
  const mayInvite = useMay('invitePerson');
  const [isInviting, setIsInviting] = useState(false);
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-3 p-4 md:p-6">
      <title>People · Deskbell</title>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 tabIndex={-1} className="font-semibold text-xl outline-none">
          People
        </h1>
        {data && <p className="text-muted tabular-nums">{data.length}</p>}
        {mayInvite && (
          <Button
            variant="primary"
            className="ms-auto"
            icon={<UserPlus />}
            onClick={() => setIsInviting(true)}
            {...tooltip('Invite a person', 'c')}
          >
            Invite
          </Button>
        )}
      </div>
      {data ? (
        <PeopleList people={data} onInvite={mayInvite ? () => setIsInviting(true) : undefined} />
      ) : (
        <ListSkeleton />
      )}
      {isInviting && <InviteDialog onClose={() => setIsInviting(false)} />}
    </div>
  );
}

function PeopleList({ people, onInvite }: { people: Person[]; onInvite: (() => void) | undefined }) {
  const [search, setSearch] = useSearchState(parsePeopleSearch, toSearchParams);
  const { data: session } = useQuery(sessionQueries.current());
  const shown = useMemo(() => filterPeople(people, search), [people, search]);
  const opened = people.find(({ id }) => id === search.person);
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef({ search, setSearch, onInvite });
  latest.current = { search, setSearch, onInvite };
  const canInvite = onInvite !== undefined;

  const actions = useMemo<Action[]>(() => {
    const open = (person: string) => latest.current.setSearch({ ...latest.current.search, person });
    return [
      {
        id: 'people:search',
        label: 'Search people',
        group: 'People',
        shortcut: '/',
        run: () => input.current?.select(),
      },
      ...(canInvite
        ? [
            {
              id: 'people:invite',
              label: 'Invite a person',
              group: 'People',
              shortcut: 'c',
              keywords: 'new add teammate',
              run: () => latest.current.onInvite?.(),
            },
          ]
        : []),
      ...people.map(({ id, name, email }) => ({
        id: `people:${id}`,
        label: name,
        group: 'Open a person',
        keywords: email,
        run: () => open(id),
      })),
    ];
  }, [people, canInvite]);
  useActions(actions);

  return (
    <>
      <PeopleToolbar input={input} search={search} onChange={setSearch} shown={shown.length} total={people.length} />
      {shown.length > 0 ? (
        <PeopleTable people={shown} search={search} ownId={session?.person.id} />
      ) : (
        <EmptyState
          icon={<SearchX />}
          title="No person matches"
          action={
            <Button onClick={() => setSearch({ ...search, q: '', role: undefined, state: undefined })}>
              Show all people
            </Button>
          }
        >
          None of the {people.length} people has all that you ask for.
        </EmptyState>
      )}
      {opened && (
        <PersonDialog
          key={opened.id}
          person={opened}
          isSelf={opened.id === session?.person.id}
          onClose={() => setSearch({ ...search, person: undefined })}
        />
      )}
    </>
  );
}

function ListSkeleton() {
  return (
    <Loading what="people">
      <div className="flex flex-col gap-3">
        <Skeleton className="h-8 w-full max-w-md" />
        <div className="animate-appear rounded-md border border-line bg-surface">
          {Array.from({ length: 6 }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity
            <div key={index} className="flex h-13 flex-col justify-center gap-1 border-line px-3 not-last:border-b">
              <Skeleton className={index % 3 === 1 ? 'w-40' : 'w-28'} />
              <Skeleton className="w-48" />
            </div>
          ))}
        </div>
      </div>
    </Loading>
  );
}
