import * as z from 'zod/mini';
import { isEmoji } from '#contract/emoji.ts';
import { requiredText, text } from '#contract/fields.ts';
import type { BodyOf } from '#contract/operation.ts';
import type { createTicketType, updateTicketType } from '#contract/ticket-type-changes.ts';
import { defaultIcon, type TicketType, ticketTypeCategories, ticketTypeLimits } from '#contract/ticket-types.ts';

export const ticketTypeValues = z.object({
  name: requiredText(ticketTypeLimits.name),
  description: text(ticketTypeLimits.description),
  category: z.enum(ticketTypeCategories),
  isInternal: z.boolean(),
  icon: z.string().check(z.refine(isEmoji, 'must be one emoji')),
});
export type TicketTypeValues = z.output<typeof ticketTypeValues>;

export const emptyTicketType: TicketTypeValues = {
  name: '',
  description: '',
  category: 'Customer',
  isInternal: false,
  icon: defaultIcon,
};

/** What the form shows of a ticket type. Before 2.10 there was no category: the internal flag says which it was. */
export function fromTicketType(ticketType: TicketType): TicketTypeValues {
  return {
    name: ticketType.name,
    description: ticketType.description,
    category: ticketType.category ?? (ticketType.is_internal ? 'Back-office' : 'Customer'),
    isInternal: ticketType.is_internal,
    icon: ticketType.icon,
  };
}

/** The wire's name of each value. */
export const wireNames = {
  name: 'name',
  description: 'description',
  category: 'category',
  isInternal: 'is_internal',
  icon: 'icon',
} as const satisfies Record<keyof TicketTypeValues, string>;

/** What a person calls each value. */
export const ticketTypeLabels = {
  name: 'Name',
  description: 'Description',
  category: 'Category',
  isInternal: 'Internal',
  icon: 'Icon',
} as const satisfies Record<keyof TicketTypeValues, string>;

/** What each category means, for whoever chooses or reads it. */
export const categoryHelp = {
  Customer: 'Customers raise these tickets and can follow them.',
  'Back-office': 'Teammates work on these among themselves. Customers never see them.',
  Tracker: 'One ticket that gathers the reports of many customers, such as an outage.',
} as const satisfies Record<TicketTypeValues['category'], string>;

export function toCreateBody(values: TicketTypeValues): BodyOf<typeof createTicketType> {
  const { name, description, category, isInternal, icon } = values;
  return { name: name.trim(), description: description.trim(), category, is_internal: isInternal, icon };
}

/** Only what differs from `before`. */
export function toUpdateBody(values: TicketTypeValues, before: TicketTypeValues): BodyOf<typeof updateTicketType> {
  const after = toCreateBody(values);
  const body: Record<string, unknown> = {};
  for (const key of changedKeys(values, before)) body[wireNames[key]] = after[wireNames[key]];
  return body;
}

/** The values in which two versions differ. */
export function changedKeys(values: TicketTypeValues, other: TicketTypeValues): (keyof TicketTypeValues)[] {
  return (Object.keys(wireNames) as (keyof TicketTypeValues)[]).filter((key) => values[key] !== other[key]);
}
