import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import type { TicketType } from '#contract/ticket-types.ts';
import { type Action, useActions } from '../../lib/actions.ts';
import { paths } from '../../lib/paths.ts';
import { useMay } from '../../lib/session.ts';

/** What every screen of this area offers: to create a ticket type, and to open one by its name or id. */
export function useTicketTypeActions(ticketTypes: readonly TicketType[]): void {
  const navigate = useNavigate();
  const mayCreate = useMay('createTicketType');
  const actions = useMemo<Action[]>(
    () => [
      ...(mayCreate
        ? [
            {
              id: 'ticket-types:create',
              label: 'Create a ticket type',
              group: 'Ticket types',
              shortcut: 'c',
              keywords: 'new add',
              run: () => void navigate(paths.newTicketType.href()),
            },
          ]
        : []),
      ...ticketTypes.map(({ id, name, icon }) => ({
        id: `ticket-types:${id}`,
        label: name,
        group: 'Open a ticket type',
        keywords: `${id} ${icon}`,
        run: () => void navigate(paths.ticketType.href(id)),
      })),
    ],
    [navigate, mayCreate, ticketTypes],
  );
  useActions(actions);
}
