import { useQuery } from '@tanstack/react-query';
import LogOut from 'lucide-react/icons/log-out';
import Settings from 'lucide-react/icons/settings';
import { useNavigate } from 'react-router';
import { initials } from '../lib/initials.ts';
import { paths } from '../lib/paths.ts';
import { roleLabels } from '../lib/role-labels.ts';
import { sessionQueries } from '../lib/session.ts';
import { Badge } from '../ui/badge.tsx';
import { Menu } from '../ui/menu.tsx';
import { tooltip } from '../ui/tooltip.ts';

/** Who is signed in, and what they can do about themselves. */
export function AccountMenu({ onSignOut }: { onSignOut: () => void }) {
  const navigate = useNavigate();
  const person = useQuery(sessionQueries.current()).data?.person;
  // The place is kept, so that nothing moves when the answer comes.
  if (!person) return <span className="size-8 shrink-0" />;
  const { name, email, roles } = person;
  return (
    <Menu
      label="Account"
      header={
        <>
          <p className="truncate font-medium">{name}</p>
          <p className="truncate text-muted text-sm">{email}</p>
          <p className="mt-1.5 flex flex-wrap gap-1">
            {roles.map((role) => (
              <Badge key={role}>{roleLabels[role]}</Badge>
            ))}
          </p>
        </>
      }
      trigger={(props) => (
        <button
          {...props}
          {...tooltip(`Account of ${name}`)}
          type="button"
          aria-label={`Account of ${name}`}
          className="flex size-8 shrink-0 items-center justify-center rounded-full hover:bg-hover"
        >
          <span className="flex size-7 items-center justify-center rounded-full bg-selected font-semibold text-accent text-xs">
            {initials(name)}
          </span>
        </button>
      )}
      items={[
        {
          label: 'Settings',
          icon: <Settings />,
          shortcut: 'g ,',
          onSelect: () => void navigate(paths.settings.href()),
        },
        { label: 'Sign out', icon: <LogOut />, onSelect: onSignOut },
      ]}
    />
  );
}
