import * as z from 'zod/mini';
import { id, requiredText, text, timestamp } from './fields.ts';
import type { Operation } from './operation.ts';

/** Lengths in UTF-16 units, counts in items. */
export const tagLimits = { name: 255, taggedAtOnce: 50, itemId: 255 } as const;

export const tag = z.object({
  type: z.literal('tag'),
  id,
  name: z.string(),
  /** Where a tag is put on something or taken off: when it was put there, and by whom. Absent elsewhere. */
  applied_at: z.optional(timestamp),
  applied_by: z.optional(z.object({ type: z.optional(z.string()), id })),
});
export type Tag = z.output<typeof tag>;

/** The tags of one object. */
export const tagList = z.object({ type: z.string(), tags: z.array(tag) });

const givenId = z.pipe(id, text(tagLimits.itemId));
const company = z.object({
  id: z.optional(givenId),
  company_id: z.optional(givenId),
  untag: z.optional(z.boolean()),
});
const user = z.object({
  id: z.optional(givenId),
  user_id: z.optional(givenId),
  email: z.optional(givenId),
  untag: z.optional(z.boolean()),
});

/**
 * Five things by one path: create a tag by its name, rename the tag `id`, put the tag on companies or on contacts
 * (`users`), or take it off those items that say `untag`.
 */
export const createTagBody = z.object({
  name: z.optional(requiredText(tagLimits.name)),
  id: z.optional(id),
  companies: z.optional(z.array(company)),
  users: z.optional(z.array(user)),
});

export const listTags = {
  name: 'listTags',
  summary: 'List all tags',
  tag: 'Tags',
  method: 'GET',
  path: '/tags',
  version: '2.11',
  response: z.object({ type: z.literal('list'), data: z.array(tag) }),
} as const satisfies Operation;

export const createTag = {
  name: 'createTag',
  summary: 'Create or update a tag, tag or untag companies, tag contacts',
  tag: 'Tags',
  method: 'POST',
  path: '/tags',
  version: '2.11',
  body: createTagBody,
  response: tag,
} as const satisfies Operation;

export const findTag = {
  name: 'findTag',
  summary: 'Find a specific tag',
  tag: 'Tags',
  method: 'GET',
  path: '/tags/{tag_id}',
  version: '2.11',
  response: tag,
} as const satisfies Operation;

export const deleteTag = {
  name: 'deleteTag',
  summary: 'Delete a tag',
  tag: 'Tags',
  method: 'DELETE',
  path: '/tags/{tag_id}',
  version: '2.11',
  /** An empty body. */
  response: z.undefined(),
} as const satisfies Operation;
