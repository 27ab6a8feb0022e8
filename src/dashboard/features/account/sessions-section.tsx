import { useMutation, useQuery } from '@tanstack/react-query';
import Monitor from 'lucide-react/icons/monitor';
import Smartphone from 'lucide-react/icons/smartphone';
import { useState } from 'react';
import type { OwnSession } from '#contract/gateway/session.ts';
import { ErrorPanel } from '../../lib/error-panel.tsx';
import { explainError } from '../../lib/explain-error.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast-store.ts';
import { deviceName, isHandheld } from './device-name.ts';
import { accountMutations, accountQueries } from './queries.ts';
import { SettingsSection } from './settings-section.tsx';

/** Where the person is signed in, and the way to end it. */
export function SessionsSection() {
  const { data, error, refetch, isFetching } = useQuery(accountQueries.sessions());
  return (
    <SettingsSection
      title="Sessions"
      text="Where you are signed in. End what you do not know, then change your password."
    >
      {data ? (
        <SessionList sessions={data} />
      ) : error ? (
        <ErrorPanel error={error} onRetry={refetch} retrying={isFetching} />
      ) : (
        <Loading what="your sessions">
          <div className="flex flex-col gap-2">
            <Skeleton className="h-16" />
            <Skeleton className="h-16" />
          </div>
        </Loading>
      )}
    </SettingsSection>
  );
}

function SessionList({ sessions }: { sessions: readonly OwnSession[] }) {
  const { mutateAsync } = useMutation(accountMutations.revokeSessions());
  const [isAsking, setIsAsking] = useState(false);
  const others = sessions.filter(({ is_current }) => !is_current);
  const sorted = sessions.toSorted(
    (one, other) => Number(other.is_current) - Number(one.is_current) || other.last_seen_at - one.last_seen_at,
  );

  async function end(ended: readonly OwnSession[]) {
    try {
      await mutateAsync(ended.map(({ id }) => id));
      const [first] = ended;
      const what = ended.length === 1 && first ? deviceName(first.user_agent) : `${ended.length} sessions`;
      toast({ title: `${what} signed out`, tone: 'success' });
    } catch (error) {
      const { title, text } = explainError(error);
      toast({ title, description: text, tone: 'danger' });
    }
  }

  return (
    <div className="flex flex-col items-start gap-4">
      <ul className="w-full rounded-md border border-line bg-surface">
        {sorted.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => end([session])} />
        ))}
      </ul>
      {others.length > 1 && <Button onClick={() => setIsAsking(true)}>End all others</Button>}
      <ConfirmDialog
        open={isAsking}
        onClose={() => setIsAsking(false)}
        title={`End ${others.length} other sessions?`}
        confirmLabel="End them"
        onConfirm={async () => {
          await end(others);
          setIsAsking(false);
        }}
      >
        <p>Whoever works there has to sign in again. What they have entered stays on their device.</p>
      </ConfirmDialog>
    </div>
  );
}

function SessionRow({ session, onEnd }: { session: OwnSession; onEnd: () => Promise<void> }) {
  const { user_agent, address, created_at, last_seen_at, is_current } = session;
  const name = deviceName(user_agent);
  const Icon = isHandheld(user_agent) ? Smartphone : Monitor;
  return (
    <li className="flex items-center gap-3 border-line px-4 py-3 not-last:border-b">
      <Icon aria-hidden="true" className="size-5 shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{name}</span>
          {is_current && <Badge tone="success">This device</Badge>}
        </p>
        <p className="flex flex-wrap gap-x-3 text-muted text-sm">
          {address && <span className="tabular-nums">{address}</span>}
          <span>
            signed in <RelativeTime time={created_at} focusable />
          </span>
          {!is_current && (
            <span>
              last seen <RelativeTime time={last_seen_at} focusable />
            </span>
          )}
        </p>
      </div>
      {!is_current && (
        <Button size="sm" aria-label={`End the session on ${name}`} onClick={onEnd}>
          End
        </Button>
      )}
    </li>
  );
}
