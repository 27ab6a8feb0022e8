import Brackets from 'lucide-react/icons/brackets';
import Plus from 'lucide-react/icons/plus';
import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { isSearchGroup, type SearchFilter, type SearchGroup, type SearchQuery } from '#contract/search.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { tooltip } from '../../ui/tooltip.ts';
import { AddFilter } from './add-filter.tsx';
import { type ChipAction, FilterChip } from './filter-chip.tsx';
import {
  addTo,
  dissolve,
  filtersIn,
  flip,
  fromGroup,
  moveInto,
  partAt,
  type QueryPath,
  refusalToAdd,
  refusalToDissolve,
  removeAt,
  replaceAt,
  toGroup,
  wrapAt,
} from './query-edit.ts';
import { formatQuery } from './query-text.ts';
import type { SearchField } from './search-field.ts';

export interface FilterChipsProps {
  fields: readonly SearchField[];
  query: SearchQuery | undefined;
  onChange: (query: SearchQuery | undefined) => void;
  /** Names the row of chips: "Ticket filters". */
  label?: string;
}

/**
 * Filters as a row of chips, in groups where wanted. Arrow keys, Home and End move between chips, Enter opens one,
 * Backspace and Delete remove it.
 */
export function FilterChips({ fields, query, onChange, label = 'Filters' }: FilterChipsProps) {
  const root = toGroup(query);
  // Two changes may come before the first one is drawn: the second builds on it all the same.
  const text = query ? formatQuery(query) : '';
  const latest = useRef({ text, root });
  if (latest.current.text !== text) latest.current = { text, root };
  const filters = filtersIn(root);
  const row = useRef<HTMLDivElement>(null);
  const [tabStop, setTabStop] = useState(0);
  const focusNext = useRef<{ at: number; text: string } | null>(null);
  const stopAt = Math.min(tabStop, filters.length - 1);

  const chips = () => [...(row.current?.querySelectorAll<HTMLElement>('[data-chip]') ?? [])];

  // After a chip is gone, the focus is on its neighbour; after the last one, on the button that adds.
  useEffect(() => {
    const next = focusNext.current;
    if (next === null || next.text !== text) return;
    focusNext.current = null;
    const all = chips();
    const chip = all[Math.min(next.at, all.length - 1)];
    (chip ?? row.current?.querySelector<HTMLElement>('[data-add] button'))?.focus();
  });

  function change(edit: (root: SearchGroup) => SearchGroup) {
    const next = edit(latest.current.root);
    latest.current = { ...latest.current, root: next };
    onChange(fromGroup(next));
  }

  /** Adds to the end of the group at `to`, and says where that is. */
  function add(to: QueryPath, part: SearchQuery): QueryPath {
    const group = partAt(latest.current.root, to);
    change((before) => addTo(before, to, part));
    return [...to, group && isSearchGroup(group) ? group.value.length : 0];
  }

  /** Changes the query, and moves the focus to the chip that is the `at`th then. */
  function changeAndFocus(edit: (root: SearchGroup) => SearchGroup, at: (next: SearchGroup) => number) {
    change(edit);
    const next = latest.current.root;
    const query = fromGroup(next);
    focusNext.current = { at: at(next), text: query ? formatQuery(query) : '' };
  }

  function handleKey(event: KeyboardEvent<HTMLElement>) {
    const all = chips();
    const at = event.target instanceof HTMLElement ? all.indexOf(event.target) : -1;
    if (at === -1) return;
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const targets: Record<string, HTMLElement | undefined> = {
      [forward]: all[at + 1],
      [backward]: all[at - 1],
      Home: all[0],
      End: all.at(-1),
    };
    if (!(event.key in targets)) return;
    event.preventDefault();
    targets[event.key]?.focus();
  }

  function noteFocus({ target }: FocusEvent) {
    const at = target instanceof HTMLElement ? chips().indexOf(target) : -1;
    if (at !== -1 && at !== tabStop) setTabStop(at);
  }

  const groups = root.value.flatMap((part, index) => (isSearchGroup(part) ? [index] : []));

  /** Where a filter can go from `path`. */
  function movesOf(filter: SearchFilter, path: QueryPath): ChipAction[] {
    const [at] = path;
    const move = (edit: (root: SearchGroup) => SearchGroup) => () =>
      changeAndFocus(edit, (next) => filtersIn(next).findIndex((one) => one.filter === filter));
    const into = groups.flatMap((index, order) =>
      index === at
        ? []
        : {
            label: groups.length === 1 ? 'Move into the group' : `Move into group ${order + 1}`,
            refusal: refusalToAdd(root, [index]),
            run: move((before) => moveInto(before, path, [index])),
          },
    );
    if (path.length === 1) return [...into, { label: 'Group', run: move((before) => wrapAt(before, path)) }];
    return [
      ...into,
      { label: 'Move out', refusal: refusalToAdd(root, []), run: move((before) => moveInto(before, path, [])) },
    ];
  }

  const chip = (filter: SearchFilter, path: QueryPath): ReactNode => {
    const at = filters.findIndex((one) => one.path.join() === path.join());
    return (
      <FilterChip
        key={path.join()}
        fields={fields}
        filter={filter}
        isTabStop={at === stopAt}
        actions={movesOf(filter, path)}
        onChange={(next) => change((before) => replaceAt(before, path, next))}
        onRemove={() =>
          changeAndFocus(
            (before) => removeAt(before, path),
            () => at,
          )
        }
      />
    );
  };

  const adder = (to: QueryPath, name = 'Add filter') => (
    <AddFilter
      fields={fields}
      label={name}
      icon={<Plus />}
      refusal={refusalToAdd(root, to)}
      onAdd={(filter) => add(to, filter)}
      onChange={(path, filter) => change((before) => replaceAt(before, path, filter))}
    />
  );

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be no row that wraps
    <div
      ref={row}
      role="group"
      aria-label={label}
      className="flex min-w-0 flex-wrap items-center gap-1.5"
      onKeyDown={handleKey}
      onFocus={noteFocus}
    >
      {root.value.length > 1 && (
        <Joined label="Filters that must match" group={root} onFlip={() => change((before) => flip(before, []))} />
      )}
      {root.value.map((part, index) => {
        if (!isSearchGroup(part)) return chip(part, [index]);
        const refusal = refusalToDissolve(root, [index]);
        const name = groups.length === 1 ? 'Group' : `Group ${groups.indexOf(index) + 1}`;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset would be no row that wraps
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a group is known by nothing but its place
            key={index}
            role="group"
            aria-label={name}
            className="flex min-w-0 max-w-full flex-wrap items-center gap-1.5 rounded-md border border-line border-x-strong bg-canvas p-1"
          >
            {part.value.length > 1 && (
              <Joined
                label={`Filters of the ${name.toLowerCase()} that must match`}
                group={part}
                onFlip={() => change((before) => flip(before, [index]))}
              />
            )}
            {part.value.map((within, at) => !isSearchGroup(within) && chip(within, [index, at]))}
            {adder([index], 'Add to the group')}
            <Button
              size="sm"
              variant="ghost"
              aria-disabled={refusal !== undefined}
              {...(refusal !== undefined && tooltip(refusal))}
              onClick={() => {
                if (refusal === undefined)
                  changeAndFocus(
                    (before) => dissolve(before, [index]),
                    () => firstIn(index),
                  );
              }}
            >
              Ungroup
            </Button>
          </div>
        );
      })}
      <span data-add="" className="inline-flex flex-wrap items-center gap-1.5">
        {adder([])}
        {filters.length > 0 && (
          <>
            <AddFilter
              fields={fields}
              label="Add group"
              icon={<Brackets />}
              refusal={refusalToAdd(root, [])}
              onAdd={(filter) => [...add([], { operator: root.operator === 'AND' ? 'OR' : 'AND', value: [filter] }), 0]}
              onChange={(path, filter) => change((before) => replaceAt(before, path, filter))}
            />
            <Button
              size="sm"
              variant="ghost"
              onClick={() =>
                changeAndFocus(
                  () => toGroup(undefined),
                  () => 0,
                )
              }
            >
              Clear
            </Button>
          </>
        )}
      </span>
    </div>
  );

  function firstIn(index: number): number {
    return filters.findIndex(({ path }) => path[0] === index);
  }
}

function Joined({ label, group, onFlip }: { label: string; group: SearchGroup; onFlip: () => void }) {
  return (
    <Segmented
      label={label}
      className="self-center"
      options={[
        { value: 'AND', label: 'All' },
        { value: 'OR', label: 'Any' },
      ]}
      value={group.operator}
      onChange={(operator) => operator !== group.operator && onFlip()}
    />
  );
}
