import { useMutation } from '@tanstack/react-query';
import KeyRound from 'lucide-react/icons/key-round';
import { useSecondsUntil } from '../../lib/countdown.ts';
import { Button } from '../../ui/button.tsx';
import { AccountError } from './account-error.tsx';
import { passkeyText } from './account-form.ts';
import { signInMutations } from './queries.ts';

/** The way in without typing anything. */
export function PasskeySignIn({ onSignedIn }: { onSignedIn: () => unknown }) {
  const { mutate, error, isPending, isSuccess } = useMutation({
    ...signInMutations.passkey(),
    onSuccess: () => onSignedIn(),
  });
  const isWaiting = useSecondsUntil(error?.retryAt) > 0;
  return (
    <>
      <Button
        className="w-full"
        icon={<KeyRound aria-hidden="true" />}
        pending={isPending || isSuccess}
        disabled={isWaiting}
        onClick={() => mutate()}
      >
        Use a passkey
      </Button>
      {error && <AccountError error={error} text={passkeyText(error)} />}
    </>
  );
}
