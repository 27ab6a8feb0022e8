import * as z from 'zod/mini';
import { recordOf } from '../fields.ts';
import type { Operation } from '../operation.ts';
import { roles } from './roles.ts';

// Apart from the other operations of sign-in: every page reads this one, and only few need the others.

/** Who is signed in, and the names of all operations that they may use. */
export const getSession = {
  name: 'getSession',
  summary: 'Say who is signed in and what they may do',
  tag: 'Session',
  method: 'GET',
  path: '/gateway/session',
  version: '2.11',
  response: z.object({
    type: z.literal('session'),
    person: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      roles: z.array(z.enum(roles)),
      second_factor: z.boolean(),
      /** Whether there is a password; who only ever came by single sign-on has none. */
      has_password: z.boolean(),
    }),
    operations: z.array(z.string()),
    /** Of all other operations the roles that may use them, by name. */
    needed: recordOf(z.array(z.enum(roles))),
  }),
} as const satisfies Operation;
export type Session = z.output<typeof getSession.response>;
