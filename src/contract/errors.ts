import * as z from 'zod/mini';

/**
 * The body of every failed answer. `request_id` is a uuid by its schema and some other text or null in reality;
 * `field` is in the schema but in no example.
 */
export const errorList = z.object({
  type: z.literal('error.list'),
  request_id: z.nullish(z.string()),
  errors: z
    .array(z.object({ code: z.string(), message: z.nullish(z.string()), field: z.nullish(z.string()) }))
    .check(z.minLength(1)),
});
export type ErrorList = z.output<typeof errorList>;
