import { useQuery } from '@tanstack/react-query';
import History from 'lucide-react/icons/history';
import Inbox from 'lucide-react/icons/inbox';
import Settings from 'lucide-react/icons/settings';
import Shapes from 'lucide-react/icons/shapes';
import Users from 'lucide-react/icons/users';
import { useMemo } from 'react';
import { paths } from '../lib/paths.ts';
import { type AnyOperationName, sessionQueries } from '../lib/session.ts';

interface Entry {
  label: string;
  href: string;
  icon: typeof Shapes;
  shortcut: string;
  /** What its screen cannot do without. */
  operation: AnyOperationName;
}

/** The rail's groups. An area that joins adds its line here. */
const navigation: { label: string; entries: Entry[] }[] = [
  {
    label: 'Support',
    entries: [{ label: 'Tickets', href: paths.tickets.href(), icon: Inbox, shortcut: 'g t', operation: 'listTickets' }],
  },
  {
    label: 'Configure',
    entries: [
      {
        label: 'Ticket types',
        href: paths.ticketTypes.href(),
        icon: Shapes,
        shortcut: 'g y',
        operation: 'listTicketTypes',
      },
    ],
  },
  {
    label: 'System',
    entries: [
      { label: 'Activity', href: paths.activity.href(), icon: History, shortcut: 'g a', operation: 'listActivity' },
      { label: 'People', href: paths.people.href(), icon: Users, shortcut: 'g p', operation: 'listPeople' },
      { label: 'Settings', href: paths.settings.href(), icon: Settings, shortcut: 'g ,', operation: 'updateAccount' },
    ],
  },
];

/** The rail's groups with what this person may use; none until it is known who it is. */
export function usePermittedNavigation(): typeof navigation {
  const { data: session } = useQuery(sessionQueries.current());
  return useMemo(
    () =>
      navigation
        .map(({ label, entries }) => ({
          label,
          entries: entries.filter(({ operation }) => session?.operations.includes(operation)),
        }))
        .filter(({ entries }) => entries.length > 0),
    [session],
  );
}
