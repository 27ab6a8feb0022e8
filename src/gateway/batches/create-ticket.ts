import { createHash } from 'node:crypto';
import type { ImportRow } from '#contract/gateway/batches.ts';
import { createTicket, ticketTitle } from '#contract/tickets.ts';
import type { Claim } from '../activity/idempotency.ts';
import { Refusal } from '../refusal.ts';
import { errorOf, type Hands, writeWith } from './hands.ts';
import type { ItemOutcome, ItemRow } from './item-store.ts';

/** Creates the ticket of a row, once: also where nobody knows whether an earlier try did. */
export async function createTicketOf(
  hands: Hands,
  item: ItemRow,
  row: ImportRow,
  { ticketTypeId, personId }: { ticketTypeId: string; personId: string },
): Promise<ItemOutcome> {
  const body = {
    ticket_type_id: ticketTypeId,
    contacts: [row.contact],
    ...(row.company_id !== undefined && { company_id: row.company_id }),
    ticket_attributes: row.ticket_attributes,
  };
  const claim: Claim = {
    personId,
    key: `${item.batch_id}-${item.position}`,
    fingerprint: createHash('sha256').update(JSON.stringify(body)).digest('hex'),
  };
  await hands.beforeWriting(null);
  try {
    const answer = await writeWith(hands, { operation: createTicket, params: {}, body, claim, before: undefined });
    if (answer.status >= 500) return { status: 'unknown', error: errorOf(answer), isTrouble: true };
    if (answer.status >= 300) return { status: 'failed', error: errorOf(answer) };
    const created = createTicket.response.parse(JSON.parse(Buffer.from(answer.body).toString()));
    const { id, ticket_state: state, open = true } = created;
    const after = { state, open };
    return { status: 'done', objectId: id, objectName: ticketTitle(created), before: {}, after };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 'unknown', error: { code: error.code, message: error.message }, isTrouble: true };
  }
}
