import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { sessionQueries } from '../../lib/session.ts';
import { askToSignIn } from '../../lib/session-watch.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DemoAccounts } from './demo-accounts.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** Asks who has worked here to sign in again. The screen stays as it is below, with all that was typed. */
export function SignInAgain() {
  const client = useQueryClient();
  const current = sessionQueries.current();
  const { data: session } = useQuery({ ...current, enabled: false });
  const person = session?.person;

  // The answer itself closes the question, or loads the page anew when it is another person's.
  const look = () => client.fetchQuery({ ...current, staleTime: 0 }).catch(() => {});
  const lookAgain = useEffectEvent(look);
  useEffect(() => {
    // They may have signed in again in another tab.
    const onFocus = () => void lookAgain();
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, []);

  const { pathname, search, hash } = window.location;
  const demo = person && <DemoAccounts onSignedIn={look} goingOnAs={person.roles} />;
  return (
    <Dialog
      open
      onClose={() => askToSignIn(false)}
      title="Sign in to go on"
      description={
        person
          ? `The session of ${person.name} has ended. What you entered stays here, and only for ${person.name}.`
          : 'Your session has ended.'
      }
    >
      <div className="flex flex-col gap-6">
        {!person?.has_password && demo}
        <SignInForm email={person?.email} next={pathname + search + hash} onSignedIn={look} />
        {person?.has_password && demo}
      </div>
    </Dialog>
  );
}
