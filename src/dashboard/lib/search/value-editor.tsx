import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { type SearchScalar, searchLimits } from '#contract/search.ts';
import { Button } from '../../ui/button.tsx';
import { Combobox, MultiCombobox } from '../../ui/combobox.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import type { ComboboxOption } from '../../ui/use-options.ts';
import { type FilterDraft, typedValues } from './filter-draft.ts';
import { valueText } from './filter-words.ts';
import { fromLocalInput, momentPresets, toLocalInput, zone } from './moments.ts';
import { type SearchChoice, type SearchField, takesList, takesNothing } from './search-field.ts';

interface ValueEditorProps {
  field: SearchField;
  draft: FilterDraft;
  onChange: (values: readonly SearchScalar[]) => void;
  /** The value is as wanted: Enter was pressed, or the one choice is made. */
  onDone: () => void;
}

/** The control for a filter's value, as the field's kind and the condition want it. */
export function ValueEditor(props: ValueEditorProps) {
  const { field, draft, onChange } = props;
  const isList = takesList(draft.condition);
  if (takesNothing(draft.condition)) return null;
  if (field.choices || field.loadChoices) return <ChoiceValue {...props} />;
  if (field.kind === 'boolean' && !isList) {
    return (
      <Segmented
        label="Value"
        options={[
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ]}
        value={String(draft.values[0])}
        onChange={(value) => onChange([value === 'true'])}
      />
    );
  }
  if (field.kind === 'date' && !isList) return <DateValue {...props} />;
  return isList ? <TypedList {...props} /> : <TypedValue {...props} />;
}

function toOption({ value, label, icon }: SearchChoice): ComboboxOption {
  return { value: String(value), label, icon };
}

function ChoiceValue({ field, draft, onChange, onDone }: ValueEditorProps) {
  // Options are named by text, while the wire may want a number.
  const [wire] = useState(() => new Map<string, SearchScalar>());
  const { choices, loadChoices } = field;
  const options = useMemo(() => choices?.map(toOption), [choices]);
  const loadOptions = useMemo(
    () =>
      loadChoices &&
      (async (text: string) => {
        const found = await loadChoices(text);
        for (const { value } of found) wire.set(String(value), value);
        return found.map(toOption);
      }),
    [loadChoices, wire],
  );
  const onWire = (text: string): SearchScalar =>
    choices?.find(({ value }) => String(value) === text)?.value ??
    wire.get(text) ??
    draft.values.find((value) => String(value) === text) ??
    text;
  const shared = {
    label: field.label,
    options,
    loadOptions,
    inline: true,
    autoFocus: true,
    placeholder: 'Type to find',
  };
  if (!takesList(draft.condition)) {
    const [value] = draft.values;
    return (
      <Combobox
        {...shared}
        value={value === undefined ? undefined : String(value)}
        onChange={(chosen) => {
          onChange([onWire(chosen)]);
          onDone();
        }}
      />
    );
  }
  return (
    <MultiCombobox
      {...shared}
      values={draft.values.map(String)}
      labelOf={(value) => valueText(onWire(value), field)}
      onChange={(values) => onChange(values.slice(0, searchLimits.values).map(onWire))}
    />
  );
}

function DateValue({ draft, onChange, onDone }: ValueEditorProps) {
  const id = useId();
  const [time] = draft.values;
  const applied = useRef(time);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-1">
        {momentPresets.map(({ label, at }) => (
          <Button
            key={label}
            size="sm"
            onClick={() => {
              applied.current = at(new Date());
              onChange([applied.current]);
            }}
          >
            {label}
          </Button>
        ))}
      </div>
      <Input
        // A preset that was chosen is shown in it.
        key={String(time)}
        type="datetime-local"
        aria-label="Date and time"
        aria-describedby={id}
        data-autofocus=""
        className="tabular-nums"
        defaultValue={time === undefined ? '' : toLocalInput(Number(time))}
        onBlur={({ currentTarget }) => commit(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (commit(event.currentTarget.value)) onDone();
        }}
      />
      <p id={id} className="text-muted text-sm">
        Times in {zone}
      </p>
    </div>
  );

  function commit(text: string): boolean {
    const typed = fromLocalInput(text);
    // The input knows no seconds: leaving it as it was must not cut them off.
    if (typed === undefined || text === toLocalInput(Number(applied.current))) return typed !== undefined;
    applied.current = typed;
    onChange([typed]);
    return true;
  }
}

function TypedValue({ field, draft, onChange, onDone }: ValueEditorProps) {
  const [given] = draft.values;
  const [text, setText] = useState(given === undefined ? '' : String(given));
  // Enter is followed by the blur of what it closes, which must not say the same again.
  const applied = useRef(given);
  function commit(): boolean {
    const value = field.kind === 'number' ? typedValues(text, 'number')?.[0] : text.trim();
    if (value === undefined || value === '') return false;
    if (value !== applied.current) onChange([value]);
    applied.current = value;
    return true;
  }
  return (
    <Input
      aria-label="Value"
      data-autofocus=""
      type={field.kind === 'number' ? 'number' : 'text'}
      step="any"
      value={text}
      onChange={({ target }) => setText(target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        if (commit()) onDone();
      }}
    />
  );
}

function TypedList({ field, draft, onChange, onDone }: ValueEditorProps) {
  const [text, setText] = useState(draft.values.join('\n'));
  const applied = useRef(text);
  const values = typedValues(text, field.kind);
  const error =
    values === undefined
      ? 'Only numbers can be compared here.'
      : values.length > searchLimits.values
        ? `At most ${searchLimits.values} values.`
        : undefined;
  function commit(): boolean {
    if (error !== undefined || values === undefined || values.length === 0) return false;
    if (values.join('\n') !== applied.current) onChange(values);
    applied.current = values.join('\n');
    return true;
  }
  function handleKey(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (commit()) onDone();
  }
  return (
    <Field label="Values" help="One a line" error={error}>
      <Textarea
        data-autofocus=""
        rows={5}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={commit}
        onKeyDown={handleKey}
      />
    </Field>
  );
}
