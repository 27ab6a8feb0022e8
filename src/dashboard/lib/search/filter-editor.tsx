import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { SearchFilter } from '#contract/search.ts';
import { Combobox } from '../../ui/combobox.tsx';
import { Select } from '../../ui/select.tsx';
import { completeFilter, draftOf, type FilterDraft, newDraft, withCondition } from './filter-draft.ts';
import { type Condition, conditionsOf, conditionWords, type SearchField } from './search-field.ts';
import { ValueEditor } from './value-editor.tsx';

interface FilterEditorProps {
  fields: readonly SearchField[];
  /** The filter to change. Without it, a new one is made, beginning with its field. */
  filter?: SearchFilter;
  /** Called with each change that leaves a whole filter. */
  onChange: (filter: SearchFilter) => void;
  onDone: () => void;
  /** What else can be done with the filter. */
  footer?: ReactNode;
}

/** What stands in the popover of a chip: field, condition and value. */
export function FilterEditor({ fields, filter, onChange, onDone, footer }: FilterEditorProps) {
  const [draft, setDraft] = useState<FilterDraft | undefined>(filter && draftOf(filter));
  const panel = useRef<HTMLDivElement>(null);
  const fieldName = draft?.field;
  const condition = draft?.condition;

  // Once the field is known, what comes next is its value.
  useEffect(() => {
    if (fieldName !== undefined && fieldName !== filter?.field) {
      panel.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    }
  }, [fieldName, filter?.field]);

  const options = useMemo(
    () =>
      fields.map(({ name, label, group }) => ({
        value: name,
        label,
        group,
      })),
    [fields],
  );

  function change(next: FilterDraft) {
    setDraft(next);
    const complete = completeFilter(next);
    if (complete !== undefined) onChange(complete);
  }

  const field = fields.find(({ name }) => name === fieldName);
  if (draft === undefined || field === undefined || condition === undefined) {
    return (
      <div className="w-64">
        <Combobox
          label="Field"
          inline
          autoFocus
          placeholder="Find a field"
          empty="No field has that name."
          options={options}
          value={undefined}
          onChange={(name) => {
            const chosen = fields.find((one) => one.name === name);
            if (chosen) change(newDraft(chosen));
          }}
        />
      </div>
    );
  }

  // A condition that came from an address is kept, though the field offers it no more.
  const offered = conditionsOf(field);
  const conditions = offered.includes(condition) ? offered : [...offered, condition];
  const toCondition = (text: string): Condition => conditions.find((one) => one === text) ?? condition;
  return (
    <div ref={panel} className="flex w-72 max-w-full flex-col gap-2">
      <div className="flex items-center gap-2">
        <span className="min-w-0 shrink-0 basis-2/5 truncate font-medium">{field.label}</span>
        <Select
          aria-label="Condition"
          value={condition}
          onChange={({ target }) => change(withCondition(draft, toCondition(target.value)))}
        >
          {conditions.map((one) => (
            <option key={one} value={one}>
              {conditionWords(one, field.kind)}
            </option>
          ))}
        </Select>
      </div>
      <ValueEditor
        key={`${field.name} ${condition}`}
        field={field}
        draft={draft}
        onChange={(values) => change({ ...draft, values })}
        onDone={onDone}
      />
      {footer}
    </div>
  );
}
