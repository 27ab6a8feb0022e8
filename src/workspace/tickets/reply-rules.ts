import type * as z from 'zod/mini';
import { bodyText } from '#contract/body-html.ts';
import { requiredMessage } from '#contract/fields.ts';

import { isWebAddress } from '#contract/ticket-values.ts';
import { type replyTicketBody, ticketLimits } from '#contract/tickets.ts';
import { type ApiVersion, isBefore } from '#contract/versions.ts';
import { sanitizeBody } from '../html/sanitize.ts';
import { badRequest, invalid, Refusal } from '../http/refusal.ts';
import { fileAt } from './files.ts';

type Asked = z.output<typeof replyTicketBody>;

/** By which of its ids a request names a contact. */
export type ContactReference = { id: string } | { external_id: string } | { email: string };

interface Reply {
  by: { admin: string } | { contact: ContactReference };
  part_type: NonNullable<Asked['message_type']>;
  body: string | null;
  attachments: ReturnType<typeof fileAt>[];
}

function missing(field: string): Refusal {
  return new Refusal(400, [{ code: 'parameter_not_found', message: `${field} ${requiredMessage}`, field }]);
}

/** The value of a parameter that has to be there. */
export function required<Value>(field: string, value: Value | undefined): Value {
  if (value === undefined) throw missing(field);
  return value;
}

function contactOf({ intercom_user_id, user_id, email }: Asked): ContactReference {
  const given: ContactReference[] = [
    ...(intercom_user_id === undefined ? [] : [{ id: intercom_user_id }]),
    ...(user_id === undefined ? [] : [{ external_id: user_id }]),
    ...(email === undefined ? [] : [{ email }]),
  ];
  const [contact, second] = given;
  if (contact === undefined) throw missing('intercom_user_id');
  if (second !== undefined)
    throw badRequest('parameter_invalid', 'Give only one of intercom_user_id, user_id and email');
  return contact;
}

function attachmentsOf({ attachment_urls = [] }: Asked) {
  if (attachment_urls.length > ticketLimits.attachments) {
    throw invalid('attachment_urls', `may have at most ${ticketLimits.attachments} items`);
  }
  if (!attachment_urls.every(isWebAddress)) throw invalid('attachment_urls', 'must be http or https addresses');
  return attachment_urls.map((url) => fileAt(url));
}

function bodyOf({ body }: Asked): string {
  const html = sanitizeBody(required('body', body));
  const isBlank = bodyText(html) === '' && !html.includes('<img');
  if (isBlank) throw missing('body');
  return html;
}

/** The form that a reply has in `version`. Before 2.10 there were notes only, and nobody had to say so. */
function formOf(asked: Asked, version: ApiVersion) {
  if (!isBefore(version, '2.10')) {
    return { type: required('type', asked.type), part_type: required('message_type', asked.message_type) };
  }
  const { type = 'admin', message_type: part_type = 'note' } = asked;
  if (part_type !== 'note') throw invalid('message_type', 'must be note before version 2.10');
  if (type !== 'admin') throw invalid('type', 'must be admin before version 2.10');
  return { type, part_type };
}

/** What a request for a reply asks for. Throws when its parameters do not belong together. */
export function askedReply(asked: Asked, version: ApiVersion, ticket: { isBackOffice: boolean }): Reply {
  const { type, part_type } = formOf(asked, version);
  if (type === 'user' && ticket.isBackOffice) {
    throw badRequest('parameter_mismatch', 'User replies are not allowed on Backoffice tickets');
  }
  if (type === 'user' && part_type !== 'comment') throw invalid('message_type', 'must be comment for type user');
  if (asked.cross_post === true && !(part_type === 'note' && ticket.isBackOffice)) {
    throw invalid('cross_post', 'is only for notes on back-office tickets');
  }
  const by = type === 'user' ? { contact: contactOf(asked) } : { admin: required('admin_id', asked.admin_id) };
  const { reply_options: options = [] } = asked;
  if (options.length > ticketLimits.replyOptions) {
    throw invalid('reply_options', `may have at most ${ticketLimits.replyOptions} items`);
  }
  const isQuickReply = part_type === 'quick_reply';
  if (isQuickReply && options.length === 0) throw missing('reply_options');
  return { by, part_type, body: isQuickReply ? null : bodyOf(asked), attachments: attachmentsOf(asked) };
}
