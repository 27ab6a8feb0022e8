import * as z from 'zod/mini';
import { isWebAddress } from '#contract/ticket-values.ts';
import { type replyMessageTypes, ticketLimits } from '#contract/tickets.ts';
import type { ReplyTicketBody } from './queries.ts';

export type ReplyKind = (typeof replyMessageTypes)[number];

export const replyDraft = z.object({
  html: z.string(),
  /** Addresses of what is attached. */
  files: z.array(z.string()),
  options: z.array(z.object({ text: z.string(), uuid: z.string() })),
});
export type ReplyDraft = z.output<typeof replyDraft>;

export const emptyDraft: ReplyDraft = { html: '', files: [], options: [] };

/** Whether there is nothing in it that would be missed. */
export function isEmptyDraft({ html, files, options }: ReplyDraft): boolean {
  return html === '' && files.length === 0 && options.every(({ text }) => text === '');
}

export const replyKindLabels: Record<ReplyKind, string> = {
  comment: 'Reply',
  note: 'Note',
  quick_reply: 'Quick reply',
};

/** What the draft says on the wire, or why it cannot be sent yet. */
export function toReply(kind: ReplyKind, draft: ReplyDraft): { body: ReplyTicketBody } | { problem: string } {
  if (kind === 'quick_reply') {
    const options = draft.options.map(({ text, uuid }) => ({ text: text.trim(), uuid }));
    if (options.length === 0) return { problem: 'Add at least one quick reply.' };
    if (options.some(({ text }) => text === '')) return { problem: 'Give every quick reply a text, or remove it.' };
    return { body: { message_type: kind, type: 'admin', reply_options: options } };
  }
  if (draft.html === '') return { problem: `Write the ${replyKindLabels[kind].toLowerCase()} first.` };
  if (draft.html.length > ticketLimits.body) return { problem: 'This is too long to send. Shorten it.' };
  const files = draft.files.length > 0 && { attachment_urls: draft.files };
  return { body: { message_type: kind, type: 'admin', body: draft.html, ...files } };
}

/** Why an address cannot be attached; undefined when it can. */
export function attachmentProblem(address: string, files: readonly string[]): string | undefined {
  if (!isWebAddress(address)) return 'Enter an address that begins with http:// or https://.';
  if (files.includes(address)) return 'This is attached already.';
  return files.length < ticketLimits.attachments
    ? undefined
    : `At most ${ticketLimits.attachments} files go with one message.`;
}
