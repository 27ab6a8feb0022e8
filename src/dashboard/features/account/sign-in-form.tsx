import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { leaveFor } from '../../lib/draft.ts';
import { Button } from '../../ui/button.tsx';
import { AccountError } from './account-error.tsx';
import { CodeForm } from './code-form.tsx';
import { CredentialsForm } from './credentials-form.tsx';
import { PasskeySignIn } from './passkey-sign-in.tsx';
import { knowsPasskeys } from './passkey-support.ts';
import { accountQueries, signInMutations } from './queries.ts';

interface SignInFormProps {
  /** Whose e-mail stands there already. */
  email?: string | undefined;
  /** The address that single sign-on comes back to. */
  next: string;
  onSignedIn: () => unknown;
  /** Where the form comes to ask for the code of the second factor, and back. */
  onStep?: (step: 'credentials' | 'code') => void;
}

/** E-mail and password, then the second factor where there is one; a passkey and single sign-on where there are such. */
export function SignInForm({ email, next, onSignedIn, onStep }: SignInFormProps) {
  const [asksCode, setAsksCode] = useState(false);
  function goTo(step: 'credentials' | 'code') {
    setAsksCode(step === 'code');
    onStep?.(step);
  }
  if (asksCode) return <CodeForm onSignedIn={onSignedIn} onBack={() => goTo('credentials')} />;
  return (
    <div className="flex flex-col gap-4">
      <CredentialsForm email={email} onSignedIn={onSignedIn} onCode={() => goTo('code')} />
      <OtherWays next={next} onSignedIn={onSignedIn} />
    </div>
  );
}

function OtherWays({ next, onSignedIn }: Pick<SignInFormProps, 'next' | 'onSignedIn'>) {
  const options = useQuery(accountQueries.signInOptions()).data;
  const takesPasskeys = options?.passkeys && knowsPasskeys();
  if (!takesPasskeys && !options?.sso) return null;
  return (
    <>
      <p className="flex items-center gap-3 text-faint text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
      {takesPasskeys && <PasskeySignIn onSignedIn={onSignedIn} />}
      {options.sso && <SingleSignOn provider={options.sso} next={next} />}
    </>
  );
}

function SingleSignOn({ provider, next }: { provider: string; next: string }) {
  const begin = useMutation({
    ...signInMutations.sso(),
    onSuccess: ({ url }) => {
      if (isWebAddress(url)) leaveFor(url);
    },
  });
  return (
    <>
      <Button className="w-full" pending={begin.isPending || begin.isSuccess} onClick={() => begin.mutate({ next })}>
        Continue with {provider}
      </Button>
      {begin.error && <AccountError error={begin.error} />}
    </>
  );
}

/** The provider's address comes from the settings of this Deskbell; still, nothing but a page is gone to. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\//.test(url);
}
