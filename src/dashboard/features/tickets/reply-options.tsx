import Plus from 'lucide-react/icons/plus';
import X from 'lucide-react/icons/x';
import { ticketLimits } from '#contract/tickets.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import type { ReplyDraft } from './reply-draft.ts';

interface ReplyOptionsProps {
  options: ReplyDraft['options'];
  onChange: (options: ReplyDraft['options']) => void;
}

/** The texts of which the contact chooses one. */
export function ReplyOptions({ options, onChange }: ReplyOptionsProps) {
  return (
    <Field label="Quick replies" group help="The contact answers by choosing one of them.">
      <ol className="flex flex-col gap-1.5">
        {options.map(({ text, uuid }, index) => (
          <li key={uuid} className="flex gap-1">
            <Input
              aria-label={`Quick reply ${index + 1}`}
              dir="auto"
              maxLength={255}
              value={text}
              onChange={({ target }) =>
                onChange(options.map((one) => (one.uuid === uuid ? { uuid, text: target.value } : one)))
              }
            />
            <IconButton
              label={`Remove quick reply ${index + 1}`}
              icon={<X />}
              onClick={() => onChange(options.filter((one) => one.uuid !== uuid))}
            />
          </li>
        ))}
      </ol>
      <Button
        size="sm"
        className="self-start"
        icon={<Plus aria-hidden="true" />}
        disabled={options.length >= ticketLimits.replyOptions}
        onClick={() => onChange([...options, { text: '', uuid: crypto.randomUUID() }])}
      >
        Add a quick reply
      </Button>
    </Field>
  );
}
