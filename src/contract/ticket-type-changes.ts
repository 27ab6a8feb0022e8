import * as z from 'zod/mini';
import { isEmoji } from './emoji.ts';
import { requiredText, text } from './fields.ts';
import type { ObjectState, Operation } from './operation.ts';
import {
  type AttributeDataType,
  attributeDataTypes,
  getTicketType,
  type TicketType,
  type TicketTypeAttribute,
  ticketType,
  ticketTypeAttribute,
  ticketTypeCategories,
  ticketTypeLimits,
} from './ticket-types.ts';

// Apart from what reads ticket types: every list reads them, and few screens change them.

const icon = z.string().check(z.refine(isEmoji, 'must be one emoji'));
const category = z.enum(ticketTypeCategories);

/** Each label trimmed, in order. Empty labels are kept, so that they can be refused. */
export function splitListItems(listItems: string): string[] {
  return listItems.split(',').map((label) => label.trim());
}

const listItems = text(ticketTypeLimits.listItems * (ticketTypeLimits.listItem + 1)).check(
  z.refine((value) => splitListItems(value).every((label) => label !== ''), 'must not contain an empty item'),
  z.refine((value) => {
    const labels = splitListItems(value);
    return new Set(labels).size === labels.length;
  }, 'must not contain an item twice'),
  z.refine(
    (value) => splitListItems(value).length <= ticketTypeLimits.listItems,
    `may have at most ${ticketTypeLimits.listItems} items`,
  ),
  z.refine(
    (value) => splitListItems(value).every((label) => label.length <= ticketTypeLimits.listItem),
    `may have at most ${ticketTypeLimits.listItem} characters in one item`,
  ),
);

const attributeFields = {
  required_to_create: z.optional(z.boolean()),
  required_to_create_for_contacts: z.optional(z.boolean()),
  visible_on_create: z.optional(z.boolean()),
  visible_to_contacts: z.optional(z.boolean()),
  multiline: z.optional(z.boolean()),
  list_items: z.optional(listItems),
  allow_multiple_values: z.optional(z.boolean()),
};

const optionOfDataType = { multiline: 'string', list_items: 'list', allow_multiple_values: 'files' } as const;
type OptionName = keyof typeof optionOfDataType;

/**
 * The options in `body` that an attribute of `dataType` does not have: `multiline` belongs to strings, `list_items` to
 * lists and `allow_multiple_values` to files. A flag that is false asks for nothing and is no contradiction.
 */
export function misplacedOptions(body: { [Name in OptionName]?: unknown }, dataType: AttributeDataType): OptionName[] {
  return (Object.keys(optionOfDataType) as OptionName[]).filter(
    (name) => body[name] !== undefined && body[name] !== false && optionOfDataType[name] !== dataType,
  );
}

export const createTicketTypeBody = z.object({
  name: requiredText(ticketTypeLimits.name),
  description: z.optional(text(ticketTypeLimits.description)),
  icon: z.optional(icon),
  is_internal: z.optional(z.boolean()),
  category: z.optional(category),
});

const updateTicketTypeBody = z.object({
  name: z.optional(requiredText(ticketTypeLimits.name)),
  description: z.optional(text(ticketTypeLimits.description)),
  icon: z.optional(icon),
  archived: z.optional(z.boolean()),
  is_internal: z.optional(z.boolean()),
  category: z.optional(category),
});

export const createTicketTypeAttributeBody = z
  .object({
    name: requiredText(ticketTypeLimits.attributeName),
    description: text(ticketTypeLimits.attributeDescription),
    data_type: z.enum(attributeDataTypes),
    ...attributeFields,
  })
  .check((context) => {
    const { value } = context;
    for (const name of misplacedOptions(value, value.data_type)) {
      const message = `is only for attributes of type ${optionOfDataType[name]}`;
      context.issues.push({ code: 'custom', input: value[name], path: [name], message });
    }
    if (value.data_type === 'list' && value.list_items === undefined) {
      context.issues.push({
        code: 'custom',
        input: undefined,
        path: ['list_items'],
        message: 'is a required parameter',
      });
    }
  });

export const updateTicketTypeAttributeBody = z.object({
  name: z.optional(requiredText(ticketTypeLimits.attributeName)),
  description: z.optional(text(ticketTypeLimits.attributeDescription)),
  ...attributeFields,
  archived: z.optional(z.boolean()),
});

function ticketTypeState(state: TicketType): ObjectState {
  const { name, updated_at: updatedAt, description, icon, archived, is_internal, category: kind } = state;
  return { name, updatedAt, values: { name, description, icon, archived, is_internal, category: kind } };
}

function attributeState(state: TicketTypeAttribute): ObjectState {
  const { name, updated_at: updatedAt, description, archived, data_type, input_options: options } = state;
  const { required_to_create, required_to_create_for_contacts, visible_on_create, visible_to_contacts } = state;
  return {
    name,
    updatedAt,
    values: {
      name,
      description,
      archived,
      required_to_create,
      required_to_create_for_contacts,
      visible_on_create,
      visible_to_contacts,
      ...(data_type === 'string' && { multiline: options?.multiline ?? false }),
      ...(data_type === 'list' && { list_items: options?.list_options?.map(({ label }) => label).join(',') }),
      ...(data_type === 'files' && { allow_multiple_values: options?.allow_multiple_values ?? false }),
    },
  };
}

export const createTicketType = {
  name: 'createTicketType',
  summary: 'Create a ticket type',
  tag: 'Ticket types',
  method: 'POST',
  path: '/ticket_types',
  version: '2.11',
  body: createTicketTypeBody,
  response: ticketType,
} as const satisfies Operation;

export const updateTicketType = {
  name: 'updateTicketType',
  summary: 'Update a ticket type',
  tag: 'Ticket types',
  method: 'PUT',
  path: '/ticket_types/{ticket_type_id}',
  version: '2.11',
  body: updateTicketTypeBody,
  response: ticketType,
  target: {
    read: getTicketType,
    before: (answer) => ticketTypeState(ticketType.parse(answer)),
    after: (answer) => ticketTypeState(ticketType.parse(answer)),
  },
} as const satisfies Operation;

export const createTicketTypeAttribute = {
  name: 'createTicketTypeAttribute',
  summary: 'Create a new attribute for a ticket type',
  tag: 'Ticket type attributes',
  method: 'POST',
  path: '/ticket_types/{ticket_type_id}/attributes',
  version: '2.11',
  body: createTicketTypeAttributeBody,
  response: ticketTypeAttribute,
} as const satisfies Operation;

export const updateTicketTypeAttribute = {
  name: 'updateTicketTypeAttribute',
  summary: 'Update an existing attribute for a ticket type',
  tag: 'Ticket type attributes',
  method: 'PUT',
  path: '/ticket_types/{ticket_type_id}/attributes/{attribute_id}',
  version: '2.11',
  body: updateTicketTypeAttributeBody,
  response: ticketTypeAttribute,
  target: {
    read: getTicketType,
    before: (answer, params) => {
      const { data } = ticketType.parse(answer).ticket_type_attributes;
      const attribute = data.find(({ id }) => id === params.attribute_id);
      return attribute && attributeState(attribute);
    },
    after: (answer) => attributeState(ticketTypeAttribute.parse(answer)),
  },
} as const satisfies Operation<'/ticket_types/{ticket_type_id}/attributes/{attribute_id}'>;
