import type { BatchInput, TicketChange } from '#contract/gateway/batches.ts';
import type { TicketRow } from '#contract/gateway/tickets.ts';
import type { SearchQuery } from '#contract/search.ts';
import type { Count } from './ticket-list-words.ts';

/** The tickets that a bulk change is for: those selected, or all that the list's query finds. */
export type BulkTarget =
  | { kind: 'rows'; rows: readonly TicketRow[] }
  | { kind: 'query'; query: SearchQuery | undefined; total: Count };

/** How many they are. */
export function targetCount(target: BulkTarget): Count {
  return target.kind === 'rows' ? { count: target.rows.length, isEstimate: false } : target.total;
}

type BatchTickets = Extract<BatchInput, { kind: 'change' }>['tickets'];

export function toBatchTickets(target: BulkTarget): BatchTickets {
  return target.kind === 'rows' ? { ids: target.rows.map(({ id }) => id) } : { query: target.query ?? null };
}

/** What is to be written, in the wire's words and in a person's. */
export interface BulkDraft {
  change: TicketChange;
  words: string;
  /** Which of the tickets it is for, where it is not for all of them. */
  target?: BulkTarget;
}

/** Takes the draft, undefined as long as something is missing. */
export interface BulkFormProps {
  target: BulkTarget;
  onChange: (draft: BulkDraft | undefined) => void;
}
