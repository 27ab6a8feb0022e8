import { useQuery } from '@tanstack/react-query';
import { useTicketsChanged } from '../../lib/live-events.ts';
import { queryClient } from '../../lib/query-client.ts';
import { workspaceQueries } from '../../lib/workspace.ts';
import { ticketQueries } from './queries.ts';

const everyMs = 2_000;

/** Keeps a ticket as it is elsewhere: told by our own workspace, asked for where the upstream tells nothing. */
export function useLiveTicket(ticketId: string): void {
  const { data: about } = useQuery(workspaceQueries.about());
  useQuery({
    ...ticketQueries.detail(ticketId),
    // Not while the page is out of sight.
    refetchInterval: about?.upstream === 'intercom' && everyMs,
  });
  useTicketsChanged([ticketId], () => void queryClient.invalidateQueries(ticketQueries.detail(ticketId)));
}
