import * as z from 'zod/mini';
import { recordOf } from '#contract/fields.ts';
import { stored } from '../../lib/stored.ts';

/** The type of the ticket that was created here last. */
export const lastTicketType = stored('last-ticket-type', z.string());

/** What stood in the fields of the last ticket of a type, by the attribute's id. */
export function lastValues(ticketTypeId: string) {
  return stored(`last-ticket:${ticketTypeId}`, recordOf(z.string()));
}
