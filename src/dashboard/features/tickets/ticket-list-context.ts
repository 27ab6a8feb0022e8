import * as z from 'zod/mini';
import { storedKey } from '../../lib/stored.ts';

const listContext = z.object({
  /** The tickets of the list in its order, as far as they were read. */
  ids: z.array(z.string()),
  /** Where the list goes on after them; null where it ends. */
  next: z.nullable(z.string()),
  /** The list's address with all that it was filtered by. */
  href: z.string(),
});
export type TicketListContext = z.output<typeof listContext>;

const key = storedKey('ticket-list');

/** Remembers, for this tab, the list from which a ticket is opened. */
export function rememberTicketList(context: TicketListContext): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(context));
  } catch {
    // Without storage a ticket has no neighbours.
  }
}

/** The list that this tab showed last; undefined where it showed none. */
export function lastTicketList(): TicketListContext | undefined {
  try {
    return listContext.safeParse(JSON.parse(sessionStorage.getItem(key) ?? '')).data;
  } catch {
    return undefined;
  }
}
