import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Person } from '#contract/gateway/people.ts';
import { explainError } from '../../lib/explain-error.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { toast } from '../../ui/toast-store.ts';
import { StateBadge } from './person-state.tsx';
import { type Invitation, peopleMutations } from './queries.ts';
import { usePersonChanges } from './use-person-changes.ts';

interface PersonAccessProps {
  person: Person;
  isSelf: boolean;
  mayUpdate: boolean;
  onInvited: (invitation: Invitation) => void;
}

/** Whether the person can sign in and how, with what can be done about it. */
export function PersonAccess({ person, isSelf, mayUpdate, onInvited }: PersonAccessProps) {
  const mayInvite = useMay('renewInvitation');
  const renewal = useMutation(peopleMutations.renewInvitation());
  const { letIn, deactivate, removeSecondFactor } = usePersonChanges();
  const [asked, setAsked] = useState<'deactivate' | 'second-factor' | null>(null);
  const { name, state, second_factor: hasSecondFactor, last_seen_at: lastSeenAt } = person;

  async function renew() {
    try {
      onInvited(await renewal.mutateAsync(person.id));
    } catch (error) {
      const { title, text } = explainError(error);
      toast({ title, description: text, tone: 'danger' });
    }
  }
  const confirm = (change: (person: Person) => Promise<boolean>) => async () => {
    await change(person);
    setAsked(null);
  };

  return (
    <section aria-labelledby="access" className="flex flex-col gap-1">
      <h3 id="access" className="font-medium">
        Access
      </h3>
      <ul className="flex flex-col">
        <Line
          label={
            <>
              <StateBadge state={state} />
              <span className="text-muted">
                {lastSeenAt === null ? (
                  'Has never signed in'
                ) : (
                  <>
                    Last seen <RelativeTime time={lastSeenAt} />
                  </>
                )}
              </span>
            </>
          }
        >
          {state === 'invited' && mayInvite && <Button onClick={renew}>Make a new link</Button>}
          {mayUpdate && state === 'deactivated' && <Button onClick={() => letIn(person)}>Let in again</Button>}
          {mayUpdate && state !== 'deactivated' && <Button onClick={() => setAsked('deactivate')}>Deactivate</Button>}
        </Line>
        <Line
          label={
            <span className="text-muted">
              Second factor: <span className="text-fg">{hasSecondFactor ? 'on' : 'off'}</span>
            </span>
          }
        >
          {mayUpdate && hasSecondFactor && !isSelf && (
            <Button onClick={() => setAsked('second-factor')}>Take it away</Button>
          )}
        </Line>
      </ul>
      <ConfirmDialog
        open={asked === 'deactivate'}
        onClose={() => setAsked(null)}
        title={isSelf ? 'Deactivate yourself?' : `Deactivate ${name}?`}
        confirmLabel="Deactivate"
        tone="danger"
        onConfirm={confirm(deactivate)}
      >
        <p>
          {isSelf
            ? 'You are signed out everywhere at once, and only another owner can let you in again.'
            : state === 'invited'
              ? `The invitation link of ${name} stops working at once. You can let them in again at any time.`
              : `All sessions of ${name} end at once, and signing in is refused. What they did stays, in the log too. You can let them in again at any time.`}
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'second-factor'}
        onClose={() => setAsked(null)}
        title={`Take away ${name}’s second factor?`}
        confirmLabel="Take it away"
        tone="danger"
        onConfirm={confirm(removeSecondFactor)}
      >
        <p>
          For someone who has lost it. Until they set up a new one, their password alone lets them in: make sure first
          that it is really {name} who asks.
        </p>
      </ConfirmDialog>
    </section>
  );
}

function Line({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <li className="flex min-h-11 flex-wrap items-center justify-between gap-2 border-line border-t py-1.5">
      <span className="flex flex-wrap items-center gap-2">{label}</span>
      <span className="flex flex-wrap gap-2">{children}</span>
    </li>
  );
}
