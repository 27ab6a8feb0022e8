import Paperclip from 'lucide-react/icons/paperclip';
import X from 'lucide-react/icons/x';
import { type KeyboardEvent, useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { attachmentProblem } from './reply-draft.ts';
import { fileName } from './ticket-page-words.ts';

interface ReplyAttachmentsProps {
  files: string[];
  onChange: (files: string[]) => void;
}

/** Files that go with a message, by their addresses. */
export function ReplyAttachments({ files, onChange }: ReplyAttachmentsProps) {
  const [isAdding, setIsAdding] = useState(false);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();

  function add() {
    const address = text.trim();
    const found = attachmentProblem(address, files);
    setProblem(found);
    if (found !== undefined) return;
    onChange([...files, address]);
    setText('');
  }
  return (
    <div className="flex flex-col gap-2">
      {files.length > 0 && (
        <ul aria-label="Attachments" className="flex flex-wrap gap-1.5">
          {files.map((address) => (
            <li key={address} className="inline-flex max-w-full items-center gap-1 rounded-md bg-hover ps-2 text-sm">
              <span dir="auto" className="min-w-0 truncate" title={address}>
                {fileName(address)}
              </span>
              <IconButton
                size="sm"
                label={`Remove ${fileName(address)}`}
                icon={<X />}
                onClick={() => onChange(files.filter((one) => one !== address))}
              />
            </li>
          ))}
        </ul>
      )}
      {isAdding ? (
        <Field label="Address of the file" error={problem}>
          <span className="flex gap-2">
            <Input
              type="url"
              dir="ltr"
              placeholder="https://"
              autoFocus
              value={text}
              onChange={({ target }) => {
                setText(target.value);
                setProblem(undefined);
              }}
              onKeyDown={(event: KeyboardEvent) => {
                if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
                event.preventDefault();
                add();
              }}
            />
            <Button onClick={add}>Attach</Button>
            <Button variant="ghost" onClick={() => setIsAdding(false)}>
              Done
            </Button>
          </span>
        </Field>
      ) : (
        <Button
          size="sm"
          variant="ghost"
          className="self-start"
          icon={<Paperclip aria-hidden="true" />}
          onClick={() => setIsAdding(true)}
        >
          Attach by address
        </Button>
      )}
    </div>
  );
}
