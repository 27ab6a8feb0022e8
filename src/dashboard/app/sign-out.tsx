import { useEffect, useRef, useState } from 'react';
import { signOut } from '#contract/gateway/session.ts';
import { ApiError } from '../lib/api-error.ts';
import { call } from '../lib/call.ts';
import { countDrafts } from '../lib/draft.ts';
import { explainError } from '../lib/explain-error.ts';
import { queryClient } from '../lib/query-client.ts';
import { forgetPerson } from '../lib/session-watch.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { toast } from '../ui/toast-store.ts';

/** Signs out as soon as it stands; where that would lose what was entered and not saved, it asks first. */
export function SignOut({ onClose }: { onClose: () => void }) {
  const [drafts] = useState(countDrafts);
  const isBegun = useRef(false);

  async function leave() {
    try {
      await call(signOut, { body: {} });
    } catch (error) {
      // Who is not signed in any more has nothing left but what this browser keeps.
      if (!(error instanceof ApiError && error.code === 'not_signed_in')) {
        const { text } = explainError(error);
        toast({ title: 'You are still signed in', description: text, tone: 'danger' });
        return onClose();
      }
    }
    queryClient.clear();
    forgetPerson();
  }

  useEffect(() => {
    if (drafts > 0 || isBegun.current) return;
    isBegun.current = true;
    void leave();
  });

  return (
    <ConfirmDialog
      open={drafts > 0}
      onClose={onClose}
      title="Sign out and lose what is not saved?"
      confirmLabel="Sign out"
      tone="danger"
      onConfirm={leave}
    >
      <p>
        {drafts === 1 ? 'One form has' : `${drafts} forms have`} changes that are kept on this device only. Signing out
        removes them from it.
      </p>
    </ConfirmDialog>
  );
}
