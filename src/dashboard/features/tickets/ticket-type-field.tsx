import type { TicketType } from '#contract/ticket-types.ts';
import { Emoji } from '../../lib/emoji/emoji.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { Field } from '../../ui/field.tsx';

interface TicketTypeFieldProps {
  ticketTypes: TicketType[];
  value: string;
  help?: string | undefined;
  onChange: (ticketTypeId: string) => void;
}

/** The choice of what tickets are to be made. */
export function TicketTypeField({ ticketTypes, value, help, onChange }: TicketTypeFieldProps) {
  return (
    <Field label="Ticket type" required help={help}>
      <Combobox
        label="Ticket type"
        value={value}
        options={ticketTypes.map(({ id, name, icon, category }) => ({
          value: id,
          label: name,
          icon: <Emoji emoji={icon} />,
          hint: category,
        }))}
        onChange={onChange}
      />
    </Field>
  );
}
