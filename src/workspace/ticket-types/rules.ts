import type * as z from 'zod/mini';
import { misplacedOptions, splitListItems, type updateTicketTypeAttributeBody } from '#contract/ticket-type-changes.ts';
import type { AttributeDataType, TicketTypeCategory } from '#contract/ticket-types.ts';
import { invalid } from '../http/refusal.ts';
import type { AttributeChanges } from './attribute-store.ts';
import type { AttributeRow } from './store.ts';
import type { InputOptions, ListOption } from './tables.ts';

/**
 * The category that a request asks for: the one it names, or the one that its internal flag stands for. Undefined when
 * it asks for none. Throws when the two contradict each other.
 */
export function askedCategory(asked: {
  category?: TicketTypeCategory | undefined;
  is_internal?: boolean | undefined;
}): TicketTypeCategory | 'not internal' | undefined {
  const { category, is_internal } = asked;
  if (is_internal === undefined) return category;
  if (category === undefined) return is_internal ? 'Back-office' : 'not internal';
  if (is_internal !== (category === 'Back-office')) {
    throw invalid('is_internal', `must be ${!is_internal} in the category ${category}`);
  }
  return category;
}

/** Labels that were there before keep their ids. */
function listOptions(listItems: string, before: ListOption[], newId: () => string): ListOption[] {
  const ids = new Map(before.map(({ id, label }) => [label, id]));
  return splitListItems(listItems).map((label) => ({ id: ids.get(label) ?? newId(), label }));
}

interface AskedOptions {
  multiline?: boolean | undefined;
  list_items?: string | undefined;
  allow_multiple_values?: boolean | undefined;
}

/** What an attribute of `dataType` takes in after a request: what it asks for, and what was there `before`. */
export function inputOptions(
  dataType: AttributeDataType,
  asked: AskedOptions,
  before: InputOptions | null,
  newId: () => string,
): InputOptions | null {
  switch (dataType) {
    case 'string':
      return { multiline: asked.multiline ?? before?.multiline ?? false };
    case 'files':
      return { allow_multiple_values: asked.allow_multiple_values ?? before?.allow_multiple_values ?? false };
    case 'list': {
      const options = before?.list_options ?? [];
      return {
        list_options: asked.list_items === undefined ? options : listOptions(asked.list_items, options, newId),
      };
    }
    default:
      return null;
  }
}

/** The columns that a request changes in `current`. Throws when the attribute does not allow one of the changes. */
export function attributeChanges(
  current: AttributeRow,
  body: z.output<typeof updateTicketTypeAttributeBody>,
  newId: () => string,
): AttributeChanges {
  const [misplaced] = misplacedOptions(body, current.data_type);
  if (misplaced !== undefined) throw invalid(misplaced, `is not for attributes of type ${current.data_type}`);
  if (current.default && body.name !== undefined && body.name !== current.name) {
    throw invalid('name', 'cannot be changed on a default attribute');
  }
  if (current.default && body.archived === true) {
    throw invalid('archived', 'cannot be true on a default attribute');
  }
  const { multiline, list_items, allow_multiple_values, ...changes } = body;
  const asked = { multiline, list_items, allow_multiple_values };
  return { ...changes, input_options: inputOptions(current.data_type, asked, current.input_options, newId) };
}
