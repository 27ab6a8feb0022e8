import * as z from 'zod/mini';
import { recordOf } from '#contract/fields.ts';
import type { TicketTypeAttribute } from '#contract/ticket-types.ts';
import { type AttributeValues, attributeDifferences, attributeValues, fromAttribute } from './attribute-form.ts';

/** Changes to a ticket type's attributes that are not saved yet. */
export const stagedAttributes = z.object({
  /** New attributes, in the order in which they will be created. */
  added: z.array(z.object({ key: z.string(), values: attributeValues })),
  /** Changed ones, by id: what they shall be, what they were, and the `updated_at` at which they were that. */
  changed: recordOf(
    z.object({ values: attributeValues, before: attributeValues, unmodifiedSince: z.optional(z.number()) }),
  ),
});
export type StagedAttributes = z.output<typeof stagedAttributes>;

export const nothingStaged: StagedAttributes = { added: [], changed: {} };

export function countStaged(staged: StagedAttributes): number {
  return staged.added.length + Object.keys(staged.changed).length;
}

export function stageAdded(staged: StagedAttributes, key: string, values: AttributeValues): StagedAttributes {
  const exists = staged.added.some((added) => added.key === key);
  const added = exists
    ? staged.added.map((entry) => (entry.key === key ? { key, values } : entry))
    : [...staged.added, { key, values }];
  return { ...staged, added };
}

/** Stages `values` for an attribute. What ends as it began is no change. */
export function stageChanged(
  staged: StagedAttributes,
  attribute: TicketTypeAttribute,
  values: AttributeValues,
): StagedAttributes {
  const before = staged.changed[attribute.id]?.before ?? fromAttribute(attribute);
  const unmodifiedSince = staged.changed[attribute.id]?.unmodifiedSince ?? attribute.updated_at;
  if (attributeDifferences(before, values).length === 0) return withoutChange(staged, attribute.id);
  return { ...staged, changed: { ...staged.changed, [attribute.id]: { values, before, unmodifiedSince } } };
}

/** After a conflict: `values` against the attribute as it is now. */
export function restage(
  staged: StagedAttributes,
  attribute: TicketTypeAttribute,
  values: AttributeValues,
): StagedAttributes {
  return stageChanged(withoutChange(staged, attribute.id), attribute, values);
}

export function withoutAdded(staged: StagedAttributes, key: string): StagedAttributes {
  return { ...staged, added: staged.added.filter((entry) => entry.key !== key) };
}

export function withoutChange(staged: StagedAttributes, attributeId: string): StagedAttributes {
  const { [attributeId]: _, ...changed } = staged.changed;
  return { ...staged, changed };
}

/** One row of the table: an attribute as it will be once everything staged is saved. */
export interface AttributeRow {
  key: string;
  /** Absent for a new one. */
  attribute?: TicketTypeAttribute;
  values: AttributeValues;
  state: 'unchanged' | 'added' | 'changed';
}

/** The table's rows: the API's attributes by order, then the new ones. */
export function attributeRows(attributes: readonly TicketTypeAttribute[], staged: StagedAttributes): AttributeRow[] {
  const existing = attributes
    .toSorted((one, other) => one.order - other.order || Number(one.id) - Number(other.id))
    .map((attribute): AttributeRow => {
      const change = staged.changed[attribute.id];
      return {
        key: attribute.id,
        attribute,
        values: change?.values ?? fromAttribute(attribute),
        state: change ? 'changed' : 'unchanged',
      };
    });
  const added = staged.added.map(({ key, values }): AttributeRow => ({ key, values, state: 'added' }));
  return [...existing, ...added];
}

/** Whether another row that is not archived has this name already. The API refuses it. */
export function isNameTaken(rows: readonly AttributeRow[], key: string, name: string): boolean {
  const wanted = name.trim().toLocaleLowerCase();
  return rows.some(
    (row) => row.key !== key && !row.values.archived && row.values.name.trim().toLocaleLowerCase() === wanted,
  );
}
