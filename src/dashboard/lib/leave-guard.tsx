import { useBlocker } from 'react-router';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { useLeaveWarning } from './draft.ts';

/** Asks before a person leaves a screen with changes that are not saved. The draft stays either way. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  useLeaveWarning(isDirty);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname,
  );
  return (
    <ConfirmDialog
      open={blocker.state === 'blocked'}
      title="Leave without saving?"
      confirmLabel="Leave"
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    >
      <p>Your changes are not saved. They stay on this device as a draft and are offered to you when you come back.</p>
    </ConfirmDialog>
  );
}
