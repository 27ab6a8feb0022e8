import { type FocusEvent, type KeyboardEvent, useState } from 'react';
import type { TicketTypeAttribute } from '#contract/ticket-types.ts';
import type { Ticket } from '#contract/tickets.ts';
import { explainError } from '../../lib/explain-error.ts';
import { zone } from '../../lib/search/moments.ts';
import { Badge } from '../../ui/badge.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { fromTyped, toTyped } from './properties-attribute-form.ts';
import { PropertyFiles } from './properties-files.tsx';
import { PropertyText } from './properties-row.tsx';
import { useTicketEditing } from './ticket-page-editing.tsx';
import { attributeInWords } from './ticket-page-words.ts';

/** One attribute of the ticket's type, set in its place. An archived one is only read. */
export function PropertyAttribute({ attribute }: { attribute: TicketTypeAttribute }) {
  const { ticket, mayUpdate } = useTicketEditing();
  const { name, data_type: dataType, archived, description, required_to_create: isRequired } = attribute;
  const value = ticket.ticket_attributes[name];
  if (archived || !mayUpdate) {
    return (
      <div className="flex items-end justify-between gap-2">
        <PropertyText label={name}>{attributeInWords(value, attribute) || 'Not set'}</PropertyText>
        {archived && <Badge>Archived</Badge>}
      </div>
    );
  }
  if (dataType === 'list') return <ListValue attribute={attribute} value={value} />;
  if (dataType === 'boolean') return <BooleanValue attribute={attribute} value={value} />;
  if (dataType === 'files') return <PropertyFiles attribute={attribute} value={value} />;
  return <TypedValue attribute={attribute} value={value} help={description} isRequired={isRequired} />;
}

interface ValueProps {
  attribute: TicketTypeAttribute;
  value: unknown;
}

const unset = '';

function ListValue({ attribute, value }: ValueProps) {
  const { save } = useTicketEditing();
  const { name, description, required_to_create: isRequired, input_options: options } = attribute;
  const items = (options?.list_options ?? []).map(({ id, label }) => ({ value: id, label }));
  return (
    <Field label={name} required={isRequired} help={description}>
      <Combobox
        label={name}
        options={isRequired ? items : [{ value: unset, label: 'Not set' }, ...items]}
        value={typeof value === 'string' ? value : unset}
        valueLabel={attributeInWords(value, attribute) || 'Not set'}
        onChange={(chosen) => {
          if (chosen !== (value ?? unset)) void save({ ticket_attributes: { [name]: chosen || null } });
        }}
      />
    </Field>
  );
}

function BooleanValue({ attribute, value }: ValueProps) {
  const { save } = useTicketEditing();
  const { name, description, required_to_create: isRequired } = attribute;
  const options = [
    { value: 'true', label: 'Yes' },
    { value: 'false', label: 'No' },
    ...(isRequired ? [] : [{ value: unset, label: 'Not set' }]),
  ];
  return (
    <Field label={name} required={isRequired} help={description} group>
      <Segmented
        options={options}
        value={toTyped(attribute, value)}
        onChange={(chosen) => void save({ ticket_attributes: { [name]: chosen === unset ? null : chosen === 'true' } })}
      />
    </Field>
  );
}

/** What was typed and is not saved, and the ticket as it was then. */
interface Draft {
  text: string;
  base: Ticket;
}

/** A value that is typed. It is saved on leaving the field or with Enter, and stays when that fails. */
function TypedValue({ attribute, value, help, isRequired }: ValueProps & { help: string; isRequired: boolean }) {
  const { ticket, save } = useTicketEditing();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [problem, setProblem] = useState<string>();
  const { name, data_type: dataType, input_options: options } = attribute;
  const saved = toTyped(attribute, value);
  const isMultiline = dataType === 'string' && options?.multiline === true;

  function drop() {
    setDraft(null);
    setProblem(undefined);
  }
  async function commit() {
    if (draft === null) return;
    if (draft.text.trim() === saved) return drop();
    const typed = fromTyped(attribute, draft.text);
    if ('problem' in typed) return setProblem(typed.problem);
    setProblem(undefined);
    const error = await save({ ticket_attributes: { [name]: typed.value } }, { base: draft.base, quiet: true });
    if (!error) return drop();
    setProblem(
      error.isConflict ? 'Not saved. Someone else changed it meanwhile.' : `Not saved. ${explainError(error).text}`,
    );
  }
  function handleKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation();
      drop();
    }
    if (event.key === 'Enter' && (!isMultiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void commit();
    }
  }
  const shared = {
    dir: 'auto',
    value: draft?.text ?? saved,
    onKeyDown: handleKey,
    onBlur: (_: FocusEvent) => void commit(),
  };
  const change = (text: string) => {
    setProblem(undefined);
    setDraft({ text, base: draft?.base ?? ticket });
  };
  const zoned = dataType === 'datetime' ? `Time zone ${zone}.` : undefined;
  return (
    <Field
      label={name}
      required={isRequired}
      error={problem}
      help={[help, zoned].filter(Boolean).join(' ') || undefined}
    >
      {isMultiline ? (
        <Textarea {...shared} rows={3} onChange={({ target }) => change(target.value)} />
      ) : (
        <Input
          {...shared}
          type={dataType === 'datetime' ? 'datetime-local' : 'text'}
          inputMode={dataType === 'integer' ? 'numeric' : dataType === 'decimal' ? 'decimal' : undefined}
          onChange={({ target }) => change(target.value)}
        />
      )}
    </Field>
  );
}
