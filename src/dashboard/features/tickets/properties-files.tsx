import Pencil from 'lucide-react/icons/pencil';
import { useState } from 'react';
import type { TicketTypeAttribute } from '#contract/ticket-types.ts';
import type { Ticket } from '#contract/tickets.ts';
import { explainError } from '../../lib/explain-error.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { fileAddress, fromTyped, toTyped } from './properties-attribute-form.ts';
import { useTicketEditing } from './ticket-page-editing.tsx';
import { fileName } from './ticket-page-words.ts';
import { FileLink } from './timeline-files.tsx';

/** Files by their addresses: links to read, lines to change. */
export function PropertyFiles({ attribute, value }: { attribute: TicketTypeAttribute; value: unknown }) {
  const [isEditing, setIsEditing] = useState(false);
  const { name } = attribute;
  const files: unknown[] = Array.isArray(value) ? value : [];
  if (isEditing) return <FilesEditor attribute={attribute} value={value} onDone={() => setIsEditing(false)} />;
  return (
    <div className="flex flex-col gap-0.5">
      <div className="flex items-center justify-between">
        <span className="font-medium">
          {name}
          {attribute.required_to_create && (
            <span className="ms-0.5 text-danger" aria-hidden="true">
              *
            </span>
          )}
        </span>
        <IconButton label={`Edit ${name}`} size="sm" icon={<Pencil />} onClick={() => setIsEditing(true)} />
      </div>
      {files.length === 0 && <p className="text-muted">No files</p>}
      <ul className="flex flex-col gap-1">
        {files.map((file) => (
          <li key={fileAddress(file)}>
            <FileLink url={fileAddress(file)} name={fileName(file)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface FilesEditorProps {
  attribute: TicketTypeAttribute;
  value: unknown;
  onDone: () => void;
}

function FilesEditor({ attribute, value, onDone }: FilesEditorProps) {
  const { ticket, save } = useTicketEditing();
  const [began] = useState<Ticket>(ticket);
  const [text, setText] = useState(() => toTyped(attribute, value));
  const [problem, setProblem] = useState<string>();
  const { name, required_to_create: isRequired, input_options: options } = attribute;

  async function submit() {
    const typed = fromTyped(attribute, text);
    if ('problem' in typed) return setProblem(typed.problem);
    const error = await save({ ticket_attributes: { [name]: typed.value } }, { base: began, quiet: true });
    if (!error) return onDone();
    setProblem(`Not saved. ${explainError(error).text}`);
  }
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={name}
        required={isRequired}
        error={problem}
        help={options?.allow_multiple_values ? 'One address in each line.' : 'The address of one file.'}
      >
        <Textarea rows={3} dir="ltr" autoFocus value={text} onChange={({ target }) => setText(target.value)} />
      </Field>
      <div className="flex gap-2">
        <Button variant="primary" size="sm" onClick={submit}>
          Save files
        </Button>
        <Button size="sm" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
