import { useMutation, useQuery } from '@tanstack/react-query';
import ArrowRight from 'lucide-react/icons/arrow-right';
import type { Role } from '#contract/gateway/roles.ts';
import { roleLabels } from '../../lib/role-labels.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { AccountError } from './account-error.tsx';
import { accountQueries, signInMutations } from './queries.ts';

/** What each role may do, in a line. */
const duties: Record<Role, string> = {
  agent: 'Works tickets, and reads how they are set up',
  admin: 'Shapes ticket types, attributes and their icons',
  manager: 'Reads everything, and takes the numbers out',
  owner: 'Lets people in, and sees what everyone did',
};

interface DemoAccountsProps {
  onSignedIn: () => unknown;
  /** Who has worked here until now: only accounts like theirs are offered, since another person would begin anew. */
  goingOnAs?: readonly Role[];
}

/** Accounts to try Deskbell with, one click each; nothing where there are none. */
export function DemoAccounts({ onSignedIn, goingOnAs }: DemoAccountsProps) {
  const offered = useQuery(accountQueries.signInOptions()).data?.demo_roles ?? [];
  const roles = goingOnAs ? offered.filter((role) => goingOnAs.includes(role)) : offered;
  const { mutate, variables, isPending, isSuccess, error } = useMutation({
    ...signInMutations.demo(),
    onSuccess: () => onSignedIn(),
  });
  if (roles.length === 0) return null;
  const isBusy = isPending || isSuccess;
  return (
    <section aria-labelledby="demo" className="flex flex-col gap-3">
      <div>
        <h2 id="demo" className={goingOnAs ? 'font-medium' : 'font-semibold text-lg'}>
          {goingOnAs ? 'Go on with the demo’s account' : 'Or look around first'}
        </h2>
        {!goingOnAs && (
          <p className="text-muted text-sm">This is a demo with invented data. Choose a role; no password needed.</p>
        )}
      </div>
      <ul className="flex flex-col overflow-hidden rounded-md border border-line bg-surface">
        {roles.map((role) => (
          <li key={role} className="border-line not-last:border-b">
            <button
              type="button"
              aria-disabled={isBusy}
              aria-busy={isBusy && variables?.role === role}
              className="group flex w-full items-center gap-3 px-3 py-2.5 text-start -outline-offset-2 hover:bg-hover"
              onClick={() => isBusy || mutate({ role })}
            >
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{roleLabels[role]}</span>
                <span className="block text-muted text-sm">{duties[role]}</span>
              </span>
              {isBusy && variables?.role === role ? (
                <Spinner className="animate-appear text-muted" />
              ) : (
                <ArrowRight
                  aria-hidden="true"
                  className="size-4 shrink-0 text-faint transition-transform group-hover:translate-x-0.5 rtl:-scale-x-100"
                />
              )}
            </button>
          </li>
        ))}
      </ul>
      {error && <AccountError error={error} />}
    </section>
  );
}
