import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { batchLimits } from '#contract/gateway/batches.ts';
import { nobody, type TicketState, ticketStateLabels, ticketStates } from '#contract/ticket-states.ts';
import { fromLocalInput, momentText, zone } from '../../lib/search/moments.ts';
import { Button } from '../../ui/button.tsx';
import { Combobox, MultiCombobox } from '../../ui/combobox.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { ComboboxOption } from '../../ui/use-options.ts';
import type { BulkFormProps } from './bulk-target.ts';
import { snoozeTimes } from './properties-snooze-times.ts';
import { tagQueries } from './queries.ts';
import { teammateQueries } from './teammate-queries.ts';

// What each bulk change asks for.

const stateOptions = ticketStates
  // A ticket cannot go back to submitted.
  .filter((state) => state !== 'submitted')
  .map((state) => ({ value: state, label: ticketStateLabels[state] }));

export function BulkState({ onChange }: BulkFormProps) {
  const [state, setState] = useState<TicketState | ''>('');
  return (
    <Field label="State" group help="A ticket cannot go back to submitted.">
      <Segmented<TicketState | ''>
        options={stateOptions}
        value={state}
        onChange={(chosen) => {
          setState(chosen);
          if (chosen !== '') onChange({ change: { state: chosen }, words: `set to ${ticketStateLabels[chosen]}` });
        }}
      />
    </Field>
  );
}

export function BulkAssignee({ onChange }: BulkFormProps) {
  const { data: admins } = useQuery(teammateQueries.admins());
  const { data: teams } = useQuery(teammateQueries.teams());
  const { data: actor } = useQuery(teammateQueries.actor());
  const [chosen, setChosen] = useState<string>();
  const options = useMemo<ComboboxOption[]>(() => {
    const own = admins?.find(({ id }) => id === actor?.admin_id);
    return [
      ...(own ? [{ value: own.id, label: `Me (${own.name})` }] : []),
      { value: nobody, label: 'Nobody' },
      ...(admins ?? [])
        .filter((admin) => admin !== own)
        .map(({ id, name }) => ({ value: id, label: name, group: 'Teammates' })),
      ...(teams ?? []).map(({ id, name }) => ({ value: id, label: name, group: 'Teams' })),
    ];
  }, [admins, teams, actor]);
  return (
    <Field label="Assignee">
      <Combobox
        label="Assignee"
        autoFocus
        options={options}
        value={chosen}
        empty="No teammate or team has this name."
        onChange={(value, { label }) => {
          setChosen(value);
          onChange({ change: { assignee_id: value }, words: `assigned to ${value === nobody ? 'nobody' : label}` });
        }}
      />
    </Field>
  );
}

export function BulkTags({ onChange }: BulkFormProps) {
  const { data: tags } = useQuery(tagQueries.list());
  const [add, setAdd] = useState<readonly string[]>([]);
  const [remove, setRemove] = useState<readonly string[]>([]);
  const options = useMemo(() => (tags ?? []).map(({ id, name }) => ({ value: id, label: name })), [tags]);
  const nameOf = (id: string) => tags?.find((tag) => tag.id === id)?.name ?? id;

  function change(added: readonly string[], removed: readonly string[]) {
    setAdd(added);
    setRemove(removed);
    if (added.length + removed.length === 0) return onChange(undefined);
    const words = [
      added.length > 0 && `tagged ${added.map(nameOf).join(', ')}`,
      removed.length > 0 && `without the tag ${removed.map(nameOf).join(', ')}`,
    ];
    onChange({
      change: {
        ...(added.length > 0 && { add_tags: [...added] }),
        ...(removed.length > 0 && { remove_tags: [...removed] }),
      },
      words: words.filter(Boolean).join(' and '),
    });
  }
  const without = (ids: readonly string[], others: readonly string[]) => ids.filter((id) => !others.includes(id));
  return (
    <>
      <Field label="Add">
        <MultiCombobox
          label="Tags to add"
          autoFocus
          options={options}
          values={add}
          empty="No tag has this name."
          onChange={(ids) => change(ids.slice(0, batchLimits.tags), without(remove, ids))}
        />
      </Field>
      <Field label="Remove">
        <MultiCombobox
          label="Tags to remove"
          options={options}
          values={remove}
          empty="No tag has this name."
          onChange={(ids) => change(without(add, ids), ids.slice(0, batchLimits.tags))}
        />
      </Field>
    </>
  );
}

export function BulkSnooze({ onChange }: BulkFormProps) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const [presets] = useState(() => snoozeTimes(new Date()));
  function choose(time: number | undefined) {
    const isPast = time !== undefined && time * 1_000 <= Date.now();
    setProblem(isPast ? 'Choose a time that is still to come.' : undefined);
    onChange(
      time === undefined || isPast
        ? undefined
        : { change: { snoozed_until: time }, words: `snoozed until ${momentText(time)}` },
    );
  }
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {presets.map(({ label, time }, index) => (
          <Button
            key={label}
            size="sm"
            data-autofocus={index === 0 ? '' : undefined}
            onClick={() => {
              setText('');
              choose(time);
            }}
          >
            {label}
          </Button>
        ))}
      </div>
      <Field label="Or until" help={`Time zone ${zone}.`} error={problem}>
        <Input
          type="datetime-local"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            choose(fromLocalInput(target.value));
          }}
        />
      </Field>
    </>
  );
}
