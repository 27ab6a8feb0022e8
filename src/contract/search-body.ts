import * as z from 'zod/mini';
import { problemOfQuery, type SearchQuery } from './search.ts';

/** A query of the right form. Whether its fields exist and its values fit them is for whoever answers it to say. */
export const searchQuery = z.custom<SearchQuery>().check((context) => {
  const problem = problemOfQuery(context.value);
  if (problem !== undefined) context.issues.push({ code: 'custom', input: context.value, ...problem });
});

/** The body of a search. `per_page` is clamped to 1 … 150; the cursor is the one that a page of the same search gave. */
export const searchBody = z.object({
  query: searchQuery,
  pagination: z.optional(
    z.object({ per_page: z.optional(z.int()), starting_after: z.optional(z.nullable(z.string())) }),
  ),
  /** `order` is one of `sortOrders`; whoever answers has an error of its own for others. */
  sort: z.optional(z.object({ field: z.string(), order: z.optional(z.string()) })),
  /**
   * An addition of the embedded workspace, which others ignore: `exact` counts every match, however long that takes.
   * Otherwise counts that would have to look at more than ten thousand rows are estimated.
   */
  count: z.optional(z.enum(['bounded', 'exact'])),
});

/** The `pages` of a list that is read by cursor. `next` is absent, or null, on the last page. */
export const cursorPages = z.object({
  type: z.literal('pages'),
  page: z.nullish(z.int()),
  per_page: z.nullish(z.int()),
  total_pages: z.nullish(z.int()),
  next: z.nullish(z.object({ per_page: z.optional(z.int()), starting_after: z.nullish(z.string()) })),
});
