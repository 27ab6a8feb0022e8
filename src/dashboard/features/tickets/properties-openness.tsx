import { Switch } from '../../ui/switch.tsx';
import { PropertyText } from './properties-row.tsx';
import { useTicketEditing } from './ticket-page-editing.tsx';

/** Whether it is open, and whether its contact sees it. */
export function PropertyOpenness() {
  const { ticket, mayUpdate, save } = useTicketEditing();
  const { open = true, is_shared: isShared = false } = ticket;
  const isInternal = (ticket.category ?? ticket.ticket_type?.category) === 'Back-office';
  if (!mayUpdate) {
    return (
      <>
        <PropertyText label="Open">{open ? 'Yes' : 'No'}</PropertyText>
        <PropertyText label="Shared with the contact">{isShared ? 'Yes' : 'No'}</PropertyText>
      </>
    );
  }
  return (
    <>
      <Switch label="Open" checked={open} onChange={({ target }) => void save({ open: target.checked })} />
      <Switch
        label="Shared with the contact"
        help={isInternal ? 'Back-office tickets stay among teammates.' : undefined}
        disabled={isInternal}
        checked={isShared}
        onChange={({ target }) => void save({ is_shared: target.checked })}
      />
    </>
  );
}
