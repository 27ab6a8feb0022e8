import { defaultAttributeNames, type TicketTypeAttribute } from '#contract/ticket-types.ts';

const names: Record<string, string> = {
  [defaultAttributeNames.title]: 'Title',
  [defaultAttributeNames.description]: 'Description',
};

/** What people call an attribute. */
export function attributeLabel({ name }: Pick<TicketTypeAttribute, 'name'>): string {
  return names[name] ?? name;
}
