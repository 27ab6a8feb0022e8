import { useId, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/class-names.ts';
import { Dialog } from '../ui/dialog.tsx';

export interface ConflictingField<Key extends string = string> {
  key: Key;
  label: string;
  mine: string;
  theirs: string;
}

interface ConflictDialogProps<Key extends string> {
  /** The record's name. */
  title: string;
  fields: ConflictingField<Key>[];
  /** Called with the fields for which the person keeps their own version. */
  onResolve: (mine: Key[]) => unknown;
  onClose: () => void;
}

/** Both versions of each field that two people changed; the person chooses. Nothing is chosen for them. */
export function ConflictDialog<Key extends string>({ title, fields, onResolve, onClose }: ConflictDialogProps<Key>) {
  const id = useId();
  const [choices, setChoices] = useState<Partial<Record<Key, 'mine' | 'theirs'>>>({});
  const isComplete = fields.every(({ key }) => choices[key] !== undefined);
  return (
    <Dialog
      open
      onClose={onClose}
      size="md"
      title={`Someone else changed ${title} meanwhile`}
      description="Choose for each field which version to keep. Nothing was saved yet."
      footer={
        <>
          <Button onClick={onClose}>Keep editing</Button>
          <Button
            variant="primary"
            disabled={!isComplete}
            onClick={() => onResolve(fields.filter(({ key }) => choices[key] === 'mine').map(({ key }) => key))}
          >
            Save these choices
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {fields.map(({ key, label, mine, theirs }) => (
          <fieldset key={key} className="grid gap-2 sm:grid-cols-2">
            <legend className="mb-1 font-medium">{label}</legend>
            {(['mine', 'theirs'] as const).map((side) => (
              <label
                key={side}
                className={cx(
                  'flex gap-2 rounded-md border p-3',
                  choices[key] === side ? 'border-accent bg-selected' : 'border-strong hover:bg-hover',
                )}
              >
                <input
                  type="radio"
                  name={`${id}${key}`}
                  checked={choices[key] === side}
                  onChange={() => setChoices({ ...choices, [key]: side })}
                />
                <span className="min-w-0">
                  <span className="block text-muted text-sm">{side === 'mine' ? 'Your version' : 'Their version'}</span>
                  <span className="whitespace-pre-wrap">{(side === 'mine' ? mine : theirs) || 'Empty'}</span>
                </span>
              </label>
            ))}
          </fieldset>
        ))}
      </div>
    </Dialog>
  );
}
