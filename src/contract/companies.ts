import * as z from 'zod/mini';
import { customAttributes } from './contacts.ts';
import { givenRecordOf, id, text, timestamp } from './fields.ts';
import type { Operation } from './operation.ts';
import { tagList } from './tags.ts';

/** Lengths in UTF-16 units; `size` in people. */
const companyLimits = {
  size: 2_147_483_647,
  name: 255,
  companyId: 255,
  plan: 255,
  website: 2_000,
  industry: 255,
} as const;

/** How many companies a page has that names no size. */
export const companyPageSize = 15;

export const company = z.object({
  type: z.literal('company'),
  /** The company's id in whoever's system made it; it never changes. */
  company_id: z.nullish(z.string()),
  id,
  app_id: z.optional(z.string()),
  name: z.nullish(z.string()),
  remote_created_at: z.nullish(timestamp),
  created_at: z.nullish(timestamp),
  updated_at: z.nullish(timestamp),
  last_request_at: z.nullish(timestamp),
  monthly_spend: z.nullish(z.number()),
  session_count: z.nullish(z.int()),
  user_count: z.nullish(z.int()),
  size: z.nullish(z.int()),
  website: z.nullish(z.string()),
  industry: z.nullish(z.string()),
  tags: z.nullish(tagList),
  segments: z.nullish(z.object({ type: z.string(), segments: z.array(z.unknown()) })),
  plan: z.nullish(z.object({ type: z.optional(z.string()), id: z.optional(id), name: z.optional(z.string()) })),
  custom_attributes: z.optional(customAttributes),
});
export type Company = z.output<typeof company>;

const pageNumber = z.string().check(z.regex(/^-?\d{1,9}$/, 'is invalid'));

export const retrieveCompany = {
  name: 'retrieveCompany',
  summary: 'Retrieve companies',
  tag: 'Companies',
  method: 'GET',
  path: '/companies',
  version: '2.11',
  query: z.object({
    name: z.optional(text(companyLimits.name)),
    company_id: z.optional(text(companyLimits.companyId)),
    tag_id: z.optional(z.string()),
    segment_id: z.optional(z.string()),
    page: z.optional(pageNumber),
    per_page: z.optional(pageNumber),
  }),
  /** With `name` or `company_id` the one company, else a page of them; `pages.next` is a URL. */
  response: z.union([
    company,
    z.object({
      type: z.literal('list'),
      data: z.array(company),
      total_count: z.int(),
      pages: z.nullish(
        z.object({
          type: z.literal('pages'),
          page: z.int(),
          per_page: z.int(),
          total_pages: z.int(),
          next: z.nullish(z.union([z.string(), z.looseObject({})])),
        }),
      ),
    }),
  ]),
} as const satisfies Operation;

/** An upsert by `company_id`. A body with a key that is not here is refused. */
const createOrUpdateCompanyBody = z.strictObject({
  name: z.optional(z.nullable(text(companyLimits.name))),
  company_id: z.optional(text(companyLimits.companyId)),
  plan: z.optional(z.nullable(text(companyLimits.plan))),
  size: z.optional(z.nullable(z.int().check(z.minimum(0, 'is invalid'), z.maximum(companyLimits.size, 'is invalid')))),
  website: z.optional(z.nullable(text(companyLimits.website))),
  industry: z.optional(z.nullable(text(companyLimits.industry))),
  custom_attributes: z.optional(z.nullable(givenRecordOf(z.nullable(z.union([text(2_000), z.number(), z.boolean()]))))),
  remote_created_at: z.optional(z.nullable(timestamp)),
  monthly_spend: z.optional(z.nullable(z.int())),
});

export const createOrUpdateCompany = {
  name: 'createOrUpdateCompany',
  summary: 'Create or update a company',
  tag: 'Companies',
  method: 'POST',
  path: '/companies',
  version: '2.11',
  body: createOrUpdateCompanyBody,
  response: company,
} as const satisfies Operation;

export const retrieveACompanyById = {
  name: 'retrieveACompanyById',
  summary: 'Retrieve a company by its id',
  tag: 'Companies',
  method: 'GET',
  path: '/companies/{company_id}',
  version: '2.11',
  response: company,
} as const satisfies Operation;
