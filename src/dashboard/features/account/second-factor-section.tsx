import ShieldCheck from 'lucide-react/icons/shield-check';
import { useState } from 'react';
import type { Session } from '#contract/gateway/current-session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { RemoveSecondFactor } from './remove-second-factor.tsx';
import { SetUpSecondFactor } from './set-up-second-factor.tsx';
import { SettingsSection } from './settings-section.tsx';

/** Whether a code is asked for after the password. */
export function SecondFactorSection({ person }: { person: Session['person'] }) {
  const [open, setOpen] = useState(false);
  const isOn = person.second_factor;
  // What the open dialog is for stays, also when it has just changed the state.
  const [isRemoval, setIsRemoval] = useState(false);
  const close = () => setOpen(false);
  return (
    <SettingsSection
      title="Second factor"
      text="After your password, a code that only your phone knows. Whoever learns your password still cannot get in."
    >
      {person.has_password || isOn ? (
        <div className="flex flex-wrap items-center gap-3">
          {isOn ? (
            <Badge tone="success">
              <ShieldCheck aria-hidden="true" />
              On
            </Badge>
          ) : (
            <Badge>Off</Badge>
          )}
          <p className="min-w-0 flex-1 text-muted">
            {isOn
              ? 'A code of your authenticator app is asked for at each sign-in.'
              : 'Your password alone lets you in.'}
          </p>
          <Button
            onClick={() => {
              setIsRemoval(isOn);
              setOpen(true);
            }}
          >
            {isOn ? 'Switch off' : 'Set up'}
          </Button>
        </div>
      ) : (
        <p className="text-muted">
          It follows a password, and you have none here. With single sign-on, its provider asks for a second factor.
        </p>
      )}
      {open && (isRemoval ? <RemoveSecondFactor onClose={close} /> : <SetUpSecondFactor onClose={close} />)}
    </SettingsSection>
  );
}
