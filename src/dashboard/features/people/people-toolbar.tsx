import type { RefObject } from 'react';
import { roles } from '#contract/gateway/roles.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { PeopleSearch } from './people-filters.ts';
import { roleWords } from './role-words.ts';

interface ToolbarProps {
  /** Where `/` goes. */
  input: RefObject<HTMLInputElement | null>;
  search: PeopleSearch;
  onChange: (search: PeopleSearch) => void;
  shown: number;
  total: number;
}

const roleOptions = [
  { value: 'all' as const, label: 'All' },
  ...roles.map((role) => ({ value: role, label: roleWords[role].label })),
];

const stateOptions = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'invited', label: 'Invited' },
  { value: 'deactivated', label: 'Deactivated' },
] as const;

/** The list's filters: text, role, state. */
export function PeopleToolbar({ input, search, onChange, shown, total }: ToolbarProps) {
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchField ref={input} label="Search people" value={search.q} onChange={(q) => onChange({ ...search, q })} />
      <Segmented
        label="Role"
        options={roleOptions}
        value={search.role ?? 'all'}
        onChange={(role) => onChange({ ...search, role: role === 'all' ? undefined : role })}
      />
      <Segmented
        label="State"
        options={stateOptions}
        value={search.state ?? 'all'}
        onChange={(state) => onChange({ ...search, state: state === 'all' ? undefined : state })}
      />
      <p role="status" className="ms-auto text-muted text-sm tabular-nums">
        {shown < total && `${shown} of ${total} shown`}
      </p>
    </search>
  );
}
