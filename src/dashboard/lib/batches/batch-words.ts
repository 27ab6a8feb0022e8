import type { Batch, BatchStatus, TicketChange } from '#contract/gateway/batches.ts';
import { ticketStateLabels } from '#contract/ticket-states.ts';
import type { Tone } from '../../ui/badge.tsx';

const number = new Intl.NumberFormat('en');

/** "1 ticket", "5,000 tickets". */
export const counted = (count: number, noun: string): string =>
  `${number.format(count)} ${noun}${count === 1 ? '' : 's'}`;

function changesIn(change: TicketChange): string[] {
  const { state, open, is_shared, snoozed_until, assignee_id, ticket_attributes = {} } = change;
  const { add_tags = [], remove_tags = [] } = change;
  return [
    ...(state ? [`state to ${ticketStateLabels[state]}`] : []),
    ...(open === undefined ? [] : [open ? 'opened' : 'closed']),
    ...(is_shared === undefined ? [] : [is_shared ? 'shared with the customer' : 'hidden from the customer']),
    ...(snoozed_until === undefined ? [] : ['snoozed']),
    ...(assignee_id === undefined ? [] : [assignee_id === '0' ? 'assigned to nobody' : 'assigned']),
    ...Object.keys(ticket_attributes).map((name) => `${attributeLabel(name)} set`),
    ...(add_tags.length > 0 ? [`${counted(add_tags.length, 'tag')} added`] : []),
    ...(remove_tags.length > 0 ? [`${counted(remove_tags.length, 'tag')} removed`] : []),
  ];
}

const attributeLabel = (name: string) =>
  name === '_default_title_' ? 'title' : name === '_default_description_' ? 'description' : name;

/** What a batch does: "Change 5,000 tickets: state to Resolved, 1 tag added". */
export function batchTitle({ input: task, total, is_listed }: Pick<Batch, 'input' | 'total' | 'is_listed'>): string {
  if (task.kind === 'import') return `Import ${counted(total, 'ticket')} from ${task.file_name}`;
  const tickets = is_listed || total > 0 ? counted(total, 'ticket') : 'tickets';
  if (task.kind === 'revert') {
    const what = { change: 'a change of', import: 'an import of', revert: 'a revert of' }[task.of];
    return `Revert ${what} ${tickets}`;
  }
  return `Change ${tickets}: ${changesIn(task.change).join(', ')}`;
}

/** The batch's status in a word. */
export function statusWord(batch: Pick<Batch, 'status' | 'failed' | 'waits_until' | 'is_listed'>): {
  label: string;
  tone: Tone;
} {
  const { status, failed, waits_until, is_listed } = batch;
  if (status === 'running' && waits_until !== null) return { label: 'Waiting', tone: 'warning' };
  if (status === 'running' && !is_listed) return { label: 'Listing', tone: 'accent' };
  if (status === 'done' && failed > 0) return { label: 'Done with failures', tone: 'warning' };
  return words[status];
}

const words: Record<BatchStatus, { label: string; tone: Tone }> = {
  collecting: { label: 'Uploading', tone: 'accent' },
  checking: { label: 'Checking', tone: 'accent' },
  checked: { label: 'Checked', tone: 'neutral' },
  running: { label: 'Running', tone: 'accent' },
  paused: { label: 'Paused', tone: 'warning' },
  canceled: { label: 'Canceled', tone: 'neutral' },
  done: { label: 'Done', tone: 'success' },
  failed: { label: 'Stopped', tone: 'danger' },
};

/** Whether somebody works on it at this moment. */
export const isActive = ({ status }: Pick<Batch, 'status'>): boolean => status === 'running' || status === 'checking';

/** Whether nothing more happens to it by itself. */
export const isEnded = ({ status }: Pick<Batch, 'status'>): boolean =>
  status === 'done' || status === 'canceled' || status === 'failed';

/** How many items are settled, of how many, and in whole percent. Never 100 before all are. */
export function progressOf({ done, failed, total }: Pick<Batch, 'done' | 'failed' | 'total'>) {
  const settled = Math.min(done + failed, total);
  return { settled, percent: total === 0 ? 0 : Math.floor((settled / total) * 100) };
}

/** "1,200 of 5,000 · 3 failed". */
export function progressText(batch: Pick<Batch, 'done' | 'failed' | 'total'>): string {
  const { settled } = progressOf(batch);
  const failures = batch.failed > 0 ? ` · ${number.format(batch.failed)} failed` : '';
  return `${number.format(settled)} of ${number.format(batch.total)}${failures}`;
}

/** "40 a second", "12 a minute". */
export function rateText(perSecond: number): string {
  return perSecond >= 1
    ? `${number.format(Math.round(perSecond))} a second`
    : `${number.format(Math.max(1, Math.round(perSecond * 60)))} a minute`;
}

/** "less than a minute left", "3 min left", "2 h 5 min left". */
export function timeLeftText(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (seconds < 60) return 'less than a minute left';
  if (minutes < 60) return `${minutes} min left`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}
