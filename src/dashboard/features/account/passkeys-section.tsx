import { useMutation, useQuery } from '@tanstack/react-query';
import KeyRound from 'lucide-react/icons/key-round';
import { type ReactNode, useState } from 'react';
import type { Session } from '#contract/gateway/current-session.ts';
import type { listPasskeys, Passkey } from '#contract/gateway/passkeys.ts';
import type { ResponseOf } from '#contract/operation.ts';
import { ErrorPanel } from '../../lib/error-panel.tsx';
import { explainError } from '../../lib/explain-error.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast-store.ts';
import { AddPasskey } from './add-passkey.tsx';
import { knowsPasskeys } from './passkey-support.ts';
import { accountMutations, accountQueries } from './queries.ts';
import { SettingsSection } from './settings-section.tsx';

/** What signs the person in without a password. */
export function PasskeysSection({ person }: { person: Session['person'] }) {
  const { data, error, refetch, isFetching } = useQuery(accountQueries.passkeys());
  return (
    <SettingsSection
      title="Passkeys"
      text="Sign in with your fingerprint, your face or the PIN of your device, in place of password and code."
    >
      {data ? (
        <Passkeys person={person} answer={data} />
      ) : error ? (
        <ErrorPanel error={error} onRetry={refetch} retrying={isFetching} />
      ) : (
        <Loading what="your passkeys">
          <Skeleton className="h-16" />
        </Loading>
      )}
    </SettingsSection>
  );
}

interface PasskeysProps {
  person: Session['person'];
  answer: ResponseOf<typeof listPasskeys>;
}

function Passkeys({ person, answer }: PasskeysProps) {
  const [isAdding, setIsAdding] = useState(false);
  const [asked, setAsked] = useState<Passkey | null>(null);
  const { mutateAsync } = useMutation(accountMutations.removePasskey());
  const obstacle = obstacleInWords(answer);

  async function remove({ id, name }: Passkey) {
    try {
      await mutateAsync(id);
      toast({ title: `${name} removed`, tone: 'success' });
    } catch (error) {
      const { title, text } = explainError(error);
      toast({ title, description: text, tone: 'danger' });
    }
    setAsked(null);
  }

  return (
    <div className="flex flex-col items-start gap-4">
      {answer.data.length > 0 && (
        <ul className="w-full rounded-md border border-line bg-surface">
          {answer.data.map((passkey) => (
            <li key={passkey.id} className="flex items-center gap-3 border-line px-4 py-3 not-last:border-b">
              <KeyRound aria-hidden="true" className="size-5 shrink-0 text-faint" />
              <div className="min-w-0 flex-1">
                <p className="wrap-anywhere font-medium">{passkey.name}</p>
                <p className="text-muted text-sm">
                  added <RelativeTime time={passkey.created_at} focusable />
                </p>
              </div>
              <Button size="sm" aria-label={`Remove the passkey ${passkey.name}`} onClick={() => setAsked(passkey)}>
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      {obstacle ? (
        <p className="text-muted">{obstacle}</p>
      ) : (
        <div className="flex w-full flex-wrap items-center gap-3">
          {answer.data.length === 0 && <p className="min-w-0 flex-1 text-muted">You have none yet.</p>}
          <Button onClick={() => setIsAdding(true)}>Add a passkey</Button>
        </div>
      )}
      {isAdding && <AddPasskey person={person} onClose={() => setIsAdding(false)} />}
      <ConfirmDialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        title={`Remove ${asked?.name}?`}
        confirmLabel="Remove"
        tone="danger"
        onConfirm={() => asked && remove(asked)}
      >
        <p>It no longer lets you in. Your device may go on offering it until you delete it there too.</p>
      </ConfirmDialog>
    </div>
  );
}

/** Why none can be added from here; undefined where one can. */
function obstacleInWords({ obstacle, origin }: ResponseOf<typeof listPasskeys>): ReactNode {
  switch (obstacle) {
    case 'demo':
      return 'Everybody shares the demo’s accounts, so they take no passkeys.';
    case 'no_domain':
      return 'Passkeys need an address with a name, and this Deskbell has only a number. Whoever runs it can give it one.';
    case 'other_address':
      return (
        <>
          Passkeys do not work at this address. Open Deskbell at{' '}
          <a href={`${origin}${paths.settings.href()}`} className="wrap-anywhere text-accent underline">
            {origin}
          </a>{' '}
          to add one.
        </>
      );
  }
  return knowsPasskeys() ? undefined : 'This browser knows no passkeys. Use a newer one, or another device.';
}
