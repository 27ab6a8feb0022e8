import * as z from 'zod/mini';
import { id, integerId, optionalFlag, timestamp } from './fields.ts';
import type { Operation } from './operation.ts';

// 2.9 and 2.10 give an avatar as a plain address, 2.11 as an object.
const avatar = z.union([z.string(), z.object({ type: z.optional(z.string()), image_url: z.nullish(z.string()) })]);

export const admin = z.object({
  type: z.literal('admin'),
  id,
  name: z.string(),
  email: z.string(),
  job_title: z.nullish(z.string()),
  // The schemas call these required, the examples leave them out.
  away_mode_enabled: optionalFlag(false),
  away_mode_reassign: optionalFlag(false),
  has_inbox_seat: optionalFlag(false),
  team_ids: z.optional(z.array(integerId)),
  avatar: z.nullish(avatar),
});
export type Admin = z.output<typeof admin>;

/** A workspace, in the API's own word. */
export const app = z.object({
  type: z.literal('app'),
  id_code: z.string(),
  name: z.string(),
  created_at: timestamp,
  /** Sent, but in no schema. */
  secure: optionalFlag(false),
  identity_verification: optionalFlag(false),
  timezone: z.string(),
  region: z.string(),
});
export type App = z.output<typeof app>;

export const identifyAdmin = {
  name: 'identifyAdmin',
  summary: 'Identify an admin',
  tag: 'Admins',
  method: 'GET',
  path: '/me',
  version: '2.11',
  response: z.extend(admin, { email_verified: z.nullish(z.boolean()), app: z.nullish(app) }),
} as const satisfies Operation;

export const listAdmins = {
  name: 'listAdmins',
  summary: 'List all admins',
  tag: 'Admins',
  method: 'GET',
  path: '/admins',
  version: '2.11',
  query: z.object({ display_avatar: z.optional(z.enum(['true', 'false'])) }),
  response: z.object({ type: z.literal('admin.list'), admins: z.array(admin) }),
} as const satisfies Operation;

export const retrieveAdmin = {
  name: 'retrieveAdmin',
  summary: 'Retrieve an admin',
  tag: 'Admins',
  method: 'GET',
  path: '/admins/{admin_id}',
  version: '2.11',
  response: admin,
} as const satisfies Operation;
