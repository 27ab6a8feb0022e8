import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down';
import { ticketStateLabels, ticketStates } from '#contract/ticket-states.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useFieldLabelId } from '../../ui/field-control.ts';
import { Menu } from '../../ui/menu.tsx';
import { PropertyKey, PropertyText } from './properties-row.tsx';
import { useTicketEditing } from './ticket-page-editing.tsx';
import { TicketStateBadge } from './ticket-page-state.tsx';

/** How far the work is. */
export function PropertyState() {
  const { ticket, mayUpdate } = useTicketEditing();
  if (!mayUpdate) {
    return (
      <PropertyText label="State">
        <TicketStateBadge ticket={ticket} />
      </PropertyText>
    );
  }
  return (
    <Field label="State" group aside={<PropertyKey keys="s" />}>
      <span data-property="state" className="contents">
        <StateMenu />
      </span>
    </Field>
  );
}

function StateMenu() {
  const { ticket, save } = useTicketEditing();
  const labelId = useFieldLabelId();
  const { ticket_state: current } = ticket;
  return (
    <Menu
      label="State"
      align="start"
      trigger={(props) => (
        <Button
          {...props}
          aria-labelledby={`${labelId} ${props.id}`}
          aria-keyshortcuts="s"
          className="w-full [&>span]:w-full [&>span]:justify-between"
        >
          <TicketStateBadge ticket={ticket} />
          <ChevronsUpDown aria-hidden="true" className="text-muted" />
        </Button>
      )}
      items={ticketStates.map((state) => {
        const isLeft = state === 'submitted' && current !== 'submitted';
        return {
          label: ticketStateLabels[state],
          checked: state === current,
          disabled: isLeft,
          ...(isLeft && { hint: 'Cannot be set again' }),
          onSelect: () => void (state !== current && save({ state })),
        };
      })}
    />
  );
}
