import * as z from 'zod/mini';
import { requiredText, text } from '#contract/fields.ts';
import type { BodyOf } from '#contract/operation.ts';
import type { createTicketTypeAttribute, updateTicketTypeAttribute } from '#contract/ticket-type-changes.ts';
import {
  attributeDataTypes,
  defaultAttributeNames,
  type TicketTypeAttribute,
  ticketTypeLimits,
} from '#contract/ticket-types.ts';

const listItem = requiredText(ticketTypeLimits.listItem).check(
  z.refine((value) => !value.includes(','), 'may not contain a comma: the API separates items with it'),
);

export const attributeValues = z
  .object({
    name: requiredText(ticketTypeLimits.attributeName),
    description: text(ticketTypeLimits.attributeDescription),
    dataType: z.enum(attributeDataTypes),
    requiredToCreate: z.boolean(),
    requiredToCreateForContacts: z.boolean(),
    visibleOnCreate: z.boolean(),
    visibleToContacts: z.boolean(),
    multiline: z.boolean(),
    listItems: z.array(z.object({ label: z.string() })),
    allowMultipleValues: z.boolean(),
    archived: z.boolean(),
  })
  .check((context) => {
    const { value } = context;
    if (value.dataType !== 'list') return;
    if (value.listItems.length === 0) {
      const message = 'needs at least one item';
      context.issues.push({ code: 'custom', input: value.listItems, path: ['listItems'], message });
    }
    const seen = new Set<string>();
    for (const [index, { label }] of value.listItems.entries()) {
      const repeated = seen.has(label.trim());
      const message = repeated ? 'stands in the list already' : listItem.safeParse(label).error?.issues[0]?.message;
      seen.add(label.trim());
      if (message) {
        context.issues.push({ code: 'custom', input: label, path: ['listItems', index, 'label'], message });
      }
    }
  });
export type AttributeValues = z.output<typeof attributeValues>;

export const emptyAttribute: AttributeValues = {
  name: '',
  description: '',
  dataType: 'string',
  requiredToCreate: false,
  requiredToCreateForContacts: false,
  visibleOnCreate: true,
  visibleToContacts: true,
  multiline: false,
  listItems: [],
  allowMultipleValues: false,
  archived: false,
};

const defaultNames: Record<string, string> = {
  [defaultAttributeNames.title]: 'Title',
  [defaultAttributeNames.description]: 'Description',
};

/** The name as a person reads it: the API's two default attributes have names of its own. */
export function attributeLabel(attribute: { name: string }): string {
  return defaultNames[attribute.name] ?? attribute.name;
}

export function fromAttribute(attribute: TicketTypeAttribute): AttributeValues {
  const options = attribute.input_options;
  return {
    name: attribute.name,
    description: attribute.description,
    dataType: attribute.data_type,
    requiredToCreate: attribute.required_to_create,
    requiredToCreateForContacts: attribute.required_to_create_for_contacts,
    visibleOnCreate: attribute.visible_on_create,
    visibleToContacts: attribute.visible_to_contacts,
    multiline: options?.multiline ?? false,
    listItems: (options?.list_options ?? []).map(({ label }) => ({ label })),
    allowMultipleValues: options?.allow_multiple_values ?? false,
    archived: attribute.archived,
  };
}

/** Every value under the wire's name, options only where the data type has them. */
function toWire(values: AttributeValues) {
  return {
    name: values.name.trim(),
    description: values.description.trim(),
    required_to_create: values.requiredToCreate,
    required_to_create_for_contacts: values.requiredToCreateForContacts,
    visible_on_create: values.visibleOnCreate,
    visible_to_contacts: values.visibleToContacts,
    archived: values.archived,
    ...(values.dataType === 'string' && { multiline: values.multiline }),
    ...(values.dataType === 'list' && { list_items: values.listItems.map(({ label }) => label.trim()).join(',') }),
    ...(values.dataType === 'files' && { allow_multiple_values: values.allowMultipleValues }),
  };
}

export function toCreateAttributeBody(values: AttributeValues): BodyOf<typeof createTicketTypeAttribute> {
  const { archived: _, ...body } = toWire(values);
  return { ...body, data_type: values.dataType };
}

/** Only what differs from `before`. */
export function toUpdateAttributeBody(
  values: AttributeValues,
  before: AttributeValues,
): BodyOf<typeof updateTicketTypeAttribute> {
  const old: Record<string, unknown> = toWire(before);
  return Object.fromEntries(Object.entries(toWire(values)).filter(([name, value]) => old[name] !== value));
}

const labels: Record<keyof AttributeValues, string> = {
  name: 'Name',
  description: 'Description',
  dataType: 'Data type',
  requiredToCreate: 'Required for teammates',
  requiredToCreateForContacts: 'Required for customers',
  visibleOnCreate: 'Shown to teammates',
  visibleToContacts: 'Shown to customers',
  multiline: 'Several lines',
  listItems: 'List items',
  allowMultipleValues: 'Several files',
  archived: 'Archived',
};

export interface AttributeDifference {
  key: keyof AttributeValues;
  label: string;
  before: string;
  after: string;
}

/** The values in which two versions differ, each in words. */
export function attributeDifferences(before: AttributeValues, after: AttributeValues): AttributeDifference[] {
  return (Object.keys(labels) as (keyof AttributeValues)[]).flatMap((key) => {
    const [old, now] = [inWords(before[key]), inWords(after[key])];
    return old === now ? [] : [{ key, label: labels[key], before: old, after: now }];
  });
}

function inWords(value: AttributeValues[keyof AttributeValues]): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string') return value.trim();
  return value.map(({ label }) => label.trim()).join(', ');
}
