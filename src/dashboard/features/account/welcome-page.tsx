import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import * as z from 'zod/mini';
import { ErrorPanel } from '../../lib/error-panel.tsx';
import { paths } from '../../lib/paths.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { OutsideFrame } from './outside-frame.tsx';
import { accountQueries } from './queries.ts';
import { WelcomeForm } from './welcome-form.tsx';

const keptState = z.object({ token: z.string() });
const tokenForm = /^[\w-]{20,200}$/;

/** Where a link leads: to set Deskbell up, to accept an invitation, to set a new password. */
export function WelcomePage() {
  const token = useLinkToken();
  if (!tokenForm.test(token)) return <DeadLink />;
  return <LinkPage key={token} token={token} />;
}

function LinkPage({ token }: { token: string }) {
  const { data: link, error, refetch, isFetching } = useQuery(accountQueries.link(token));
  const [isUsedUp, setIsUsedUp] = useState(false);
  if (isUsedUp || isGone(error?.status)) return <DeadLink />;
  if (link) return <WelcomeForm link={link} token={token} onGone={() => setIsUsedUp(true)} />;
  return (
    <OutsideFrame title="Your link">
      {error ? (
        <ErrorPanel error={error} onRetry={refetch} retrying={isFetching} />
      ) : (
        <Loading what="what the link is for">
          <div className="flex flex-col gap-4">
            <Skeleton className="h-8" />
            <Skeleton className="h-8" />
            <Skeleton className="h-8" />
          </div>
        </Loading>
      )}
    </OutsideFrame>
  );
}

/** Unknown, used and expired links are not told apart; a token that no link can have is none either. */
function isGone(status: number | undefined): boolean {
  return status === 404 || status === 400 || status === 422;
}

/**
 * The token of the link, taken out of the address at once: an address is shown, shared and remembered. The browser's
 * history entry keeps it, for when the page is loaded anew.
 */
function useLinkToken(): string {
  const { hash, state } = useLocation();
  const navigate = useNavigate();
  const inAddress = hash.slice(1);
  useEffect(() => {
    if (inAddress === '') return;
    void navigate(paths.welcome.href(), { replace: true, state: { token: inAddress } });
  }, [inAddress, navigate]);
  return inAddress || (keptState.safeParse(state).data?.token ?? '');
}

function DeadLink() {
  return (
    <OutsideFrame title="This link does not work any more">
      <div className="flex flex-col gap-2 text-muted">
        <p>It was used already, it has expired, or it was not copied as a whole. Each link works once.</p>
        <ul className="flex list-disc flex-col gap-1 ps-5">
          <li>You have set your password before: sign in with it.</li>
          <li>You were invited: ask whoever invited you for a new link.</li>
          <li>You forgot your password: ask for a new link yourself.</li>
        </ul>
      </div>
      <div className="flex flex-wrap gap-2">
        <Link to={paths.signIn.href()} className={buttonClass({ variant: 'primary' })}>
          Go to sign in
        </Link>
        <Link to={paths.forgotPassword.href()} className={buttonClass()}>
          Ask for a new link
        </Link>
      </div>
    </OutsideFrame>
  );
}
