import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { leaveFor } from '../../lib/draft.ts';
import { sessionQueries } from '../../lib/session.ts';
import { isSomeoneKnown } from '../../lib/session-watch.ts';
import { Alert } from '../../ui/alert.tsx';
import { ssoFailure } from './account-form.ts';
import { DemoAccounts } from './demo-accounts.tsx';
import { OutsideFrame } from './outside-frame.tsx';
import { accountQueries } from './queries.ts';
import { safeNext } from './safe-next.ts';
import { SignInForm } from './sign-in-form.tsx';
import { useAutofocus } from './use-autofocus.ts';

/** The way in. */
export function SignInPage() {
  const [params] = useSearchParams();
  const options = useQuery(accountQueries.signInOptions()).data;
  const [step, setStep] = useState<'credentials' | 'code'>('credentials');
  const next = safeNext(params.get('next'));
  const failure = ssoFailure(params.get('error'));
  // The page is loaded anew: nothing of who was here before stays in its memory.
  const goOn = () => leaveFor(next);
  useSkipWhenSignedIn(next);
  useAutofocus();

  const isFirst = step === 'credentials';
  return (
    <OutsideFrame
      title={isFirst ? 'Sign in to Deskbell' : 'One more step'}
      lead={isFirst ? undefined : 'Your password is right. Now show that it is you.'}
      aside={isFirst && options && options.demo_roles.length > 0 && <DemoAccounts onSignedIn={goOn} />}
    >
      {isFirst && failure && (
        <Alert tone="danger" live="alert">
          {failure}
        </Alert>
      )}
      {isFirst && options?.needs_set_up && (
        <Alert title="Nobody can sign in yet">
          Whoever started Deskbell finds a set-up link in its console, or in the log of the server. It makes the first
          owner.
        </Alert>
      )}
      <SignInForm next={next} onSignedIn={goOn} onStep={setStep} />
    </OutsideFrame>
  );
}

/** Who is signed in already has no business here. Asked only where someone was, since most who come here are not. */
function useSkipWhenSignedIn(next: string) {
  const client = useQueryClient();
  useEffect(() => {
    if (!isSomeoneKnown()) return;
    client.fetchQuery({ ...sessionQueries.current(), staleTime: 0 }).then(
      () => leaveFor(next),
      () => {},
    );
  }, [client, next]);
}
