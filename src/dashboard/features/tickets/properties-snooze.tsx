import AlarmClock from 'lucide-react/icons/alarm-clock';
import { type FormEvent, useState } from 'react';
import { fromLocalInput, momentText, toLocalInput, zone } from '../../lib/search/moments.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { useFieldLabelId } from '../../ui/field-control.ts';
import { Input } from '../../ui/input.tsx';
import { Menu } from '../../ui/menu.tsx';
import { PropertyText } from './properties-row.tsx';
import { snoozeTimes } from './properties-snooze-times.ts';
import { useTicketEditing } from './ticket-page-editing.tsx';

/** Until when it is out of sight. */
export function PropertySnooze() {
  const { ticket, mayUpdate, save } = useTicketEditing();
  const [isPicking, setIsPicking] = useState(false);
  const until = ticket.snoozed_until ?? undefined;
  const text = until === undefined ? 'Not snoozed' : `Until ${momentText(until)}`;
  if (!mayUpdate) return <PropertyText label="Snooze">{text}</PropertyText>;
  const snooze = (time: number) => void save({ snoozed_until: time });
  return (
    <>
      <Field label="Snooze" group help={until === undefined ? undefined : `Time zone ${zone}.`}>
        <SnoozeMenu text={text} until={until} onChoose={snooze} onPick={() => setIsPicking(true)} />
      </Field>
      {isPicking && <SnoozeDialog onChoose={snooze} onClose={() => setIsPicking(false)} />}
    </>
  );
}

interface SnoozeMenuProps {
  text: string;
  until: number | undefined;
  onChoose: (time: number) => void;
  onPick: () => void;
}

function SnoozeMenu({ text, until, onChoose, onPick }: SnoozeMenuProps) {
  const { save } = useTicketEditing();
  const labelId = useFieldLabelId();
  return (
    <Menu
      label="Snooze"
      align="start"
      header={<p className="text-muted text-sm">Times are in {zone}.</p>}
      trigger={(props) => (
        <Button
          {...props}
          aria-labelledby={`${labelId} ${props.id}`}
          icon={<AlarmClock aria-hidden="true" />}
          className="w-full [&>span]:w-full"
        >
          {text}
        </Button>
      )}
      items={[
        // Opening a ticket ends its snooze.
        ...(until === undefined ? [] : [{ label: 'End the snooze', onSelect: () => void save({ open: true }) }]),
        ...snoozeTimes(new Date()).map(({ label, time }) => ({
          label,
          hint: momentText(time),
          onSelect: () => onChoose(time),
        })),
        { label: 'Pick date and time', onSelect: onPick },
      ]}
    />
  );
}

function SnoozeDialog({ onChoose, onClose }: { onChoose: (time: number) => void; onClose: () => void }) {
  const [text, setText] = useState(() => toLocalInput(snoozeTimes(new Date()).at(-1)?.time ?? 0));
  const [problem, setProblem] = useState<string>();
  function submit(event: FormEvent) {
    event.preventDefault();
    const time = fromLocalInput(text);
    if (time === undefined) return setProblem('Enter a date and a time.');
    if (time * 1_000 <= Date.now()) return setProblem('Choose a time that is still to come.');
    onChoose(time);
    onClose();
  }
  return (
    <Dialog open onClose={onClose} title="Snooze this ticket">
      <form className="flex flex-col gap-4" onSubmit={submit}>
        <Field label="Until" help={`Time zone ${zone}.`} error={problem}>
          <Input
            type="datetime-local"
            data-autofocus=""
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit">
            Snooze
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
