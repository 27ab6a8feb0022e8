import { type FormEvent, type KeyboardEvent, useState } from 'react';
import type { Ticket } from '#contract/tickets.ts';
import { ticketLimits } from '#contract/tickets.ts';
import { explainError } from '../../lib/explain-error.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { useTicketEditing } from './ticket-page-editing.tsx';

interface TextEditorProps {
  /** The attribute's name on the wire. */
  name: string;
  label: string;
  value: string;
  isRequired: boolean;
  multiline?: boolean;
  onDone: () => void;
}

/** A text of the ticket, being changed in its place. It keeps what is typed whatever is fetched meanwhile. */
export function TicketTextEditor({ name, label, value, isRequired, multiline = false, onDone }: TextEditorProps) {
  const { ticket, save } = useTicketEditing();
  const [began] = useState<Ticket>(ticket);
  const [text, setText] = useState(value);
  const [problem, setProblem] = useState<string>();

  async function submit() {
    const typed = text.trim();
    if (typed === value.trim()) return onDone();
    if (typed === '' && isRequired) return setProblem(`${label} is required.`);
    const error = await save({ ticket_attributes: { [name]: typed } }, { base: began, quiet: true });
    if (!error) return onDone();
    setProblem(
      error.isConflict ? 'Someone else changed this meanwhile. Save again to compare.' : explainError(error).text,
    );
  }
  function handleKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      onDone();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void submit();
    }
  }
  const shared = {
    dir: 'auto',
    // Whoever asks to edit it goes on by typing.
    autoFocus: true,
    maxLength: ticketLimits.text,
    value: text,
    onKeyDown: handleKey,
  };
  return (
    <form
      className="flex w-full flex-col gap-2"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field label={label} hideLabel error={problem} required={isRequired}>
        {multiline ? (
          <Textarea {...shared} rows={4} onChange={({ target }) => setText(target.value)} />
        ) : (
          <Input {...shared} onChange={({ target }) => setText(target.value)} />
        )}
      </Field>
      <div className="flex gap-2">
        <Button variant="primary" size="sm" onClick={submit}>
          Save {label.toLowerCase()}
        </Button>
        <Button size="sm" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
