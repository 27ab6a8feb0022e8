import { useQuery } from '@tanstack/react-query';
import X from 'lucide-react/icons/x';
import { useId, useMemo } from 'react';
import type { ActivityEntry } from '#contract/gateway/activity.ts';
import { objectInWords } from '../../lib/activity/entry-words.ts';
import { operationInWords, writesByTag } from '../../lib/activity/operation-words.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Input } from '../../ui/input.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { peopleQueries } from '../people/queries.ts';
import { type ActivitySearch, daysOfRange, isFiltered, parseActivitySearch, type Range } from './activity-filters.ts';

interface ToolbarProps {
  search: ActivitySearch;
  onChange: (search: ActivitySearch) => void;
  /** What is shown: it knows the names of people and things. */
  entries: readonly ActivityEntry[];
}

const outcomes = [
  { value: 'all', label: 'All' },
  { value: 'done', label: 'Done' },
  { value: 'refused', label: 'Refused' },
  { value: 'unknown', label: 'Unknown' },
] as const;

const ranges: { value: Range | 'any' | 'days'; label: string }[] = [
  { value: 'any', label: 'Any time' },
  { value: 'today', label: 'Today' },
  { value: '7d', label: '7 days' },
  { value: '30d', label: '30 days' },
];

const nothing = parseActivitySearch(new URLSearchParams());

/** The log's filters: who, what, outcome, when, and what it was about. */
export function ActivityToolbar({ search, onChange, entries }: ToolbarProps) {
  const change = (part: Partial<ActivitySearch>) => onChange({ ...search, ...part });
  const { range, person, operation, object, outcome } = search;
  const days = range ? daysOfRange(range, new Date()) : search;
  const setDay = (part: { from?: string | undefined; to?: string | undefined }) =>
    change({ range: undefined, from: days.from, to: days.to, ...part });
  return (
    <search className="flex flex-wrap items-center gap-2">
      <PersonSelect value={person} entries={entries} onChange={(id) => change({ person: id })} />
      <OperationSelect value={operation} onChange={(name) => change({ operation: name })} />
      <Segmented
        label="Outcome"
        options={outcomes}
        value={outcome ?? 'all'}
        onChange={(value) => change({ outcome: value === 'all' ? undefined : value })}
      />
      <div className="flex w-full flex-wrap items-center gap-2">
        <Segmented
          label="Time"
          options={ranges}
          value={range ?? (search.from || search.to ? 'days' : 'any')}
          onChange={(value) =>
            change({ range: value === 'any' || value === 'days' ? undefined : value, from: undefined, to: undefined })
          }
        />
        <DayField label="From" value={days.from} max={days.to} onChange={(from) => setDay({ from })} />
        <DayField label="To" value={days.to} min={days.from} onChange={(to) => setDay({ to })} />
        <p className="text-muted text-sm max-sm:w-full">Times in {zone}</p>
      </div>
      {object && (
        <p className="flex min-w-0 items-center gap-1 rounded-md bg-selected ps-2 text-sm">
          <span className="min-w-0 truncate">Everything about {nameOf(object, entries)}</span>
          <Button
            size="sm"
            variant="ghost"
            aria-label="Show everything about anything"
            onClick={() => change({ object: undefined })}
          >
            <X aria-hidden="true" />
          </Button>
        </p>
      )}
      {isFiltered(search) && (
        <Button variant="ghost" onClick={() => onChange(nothing)}>
          Clear the filters
        </Button>
      )}
    </search>
  );
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface DayFieldProps {
  label: string;
  value: string | undefined;
  min?: string | undefined;
  max?: string | undefined;
  onChange: (day: string | undefined) => void;
}

function DayField({ label, value, min, max, onChange }: DayFieldProps) {
  const id = useId();
  return (
    <span className="flex items-center gap-1.5 max-sm:w-full">
      <label htmlFor={id} className="text-muted text-sm max-sm:w-9">
        {label}
      </label>
      <Input
        id={id}
        type="date"
        value={value ?? ''}
        min={min}
        max={max}
        className="text-sm tabular-nums max-sm:px-1.5 sm:w-36"
        onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
      />
    </span>
  );
}

interface PersonSelectProps {
  value: string | undefined;
  entries: readonly ActivityEntry[];
  onChange: (id: string | undefined) => void;
}

/** All people for who may see them; else those who are in what is shown. */
function PersonSelect({ value, entries, onChange }: PersonSelectProps) {
  const mayList = useMay('listPeople');
  const { data: people } = useQuery({ ...peopleQueries.list(), enabled: mayList });
  const names = useMemo(() => {
    const known = [...(people ?? []), ...entries.flatMap((entry) => entry.person ?? [])];
    return [...new Map(known.map(({ id, name }) => [id, name]))].toSorted(([, one], [, other]) =>
      one.localeCompare(other),
    );
  }, [people, entries]);
  const isUnknown = value !== undefined && !names.some(([id]) => id === value);
  return (
    <Select
      aria-label="Person"
      className="max-sm:flex-1 max-sm:basis-36 sm:w-44"
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
    >
      <option value="">Anyone</option>
      {isUnknown && <option value={value}>{value}</option>}
      {names.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}

const groups = writesByTag();

function OperationSelect({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (name: string | undefined) => void;
}) {
  const isListed = [...groups.values()].flat().some(({ name }) => name === value);
  return (
    <Select
      aria-label="What was done"
      className="max-sm:flex-1 max-sm:basis-36 sm:w-56"
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
    >
      <option value="">Anything</option>
      {value !== undefined && !isListed && <option value={value}>{operationInWords(value)}</option>}
      {[...groups].map(([tag, operations]) => (
        <optgroup key={tag} label={tag}>
          {operations.map(({ name, summary }) => (
            <option key={name} value={name}>
              {summary}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  );
}

/** The object by the name that it has in what is shown. */
function nameOf(object: string, entries: readonly ActivityEntry[]): string {
  const named = entries.find((entry) => entry.object === object && entry.object_name);
  return objectInWords({ object, object_name: named?.object_name ?? null });
}
