import * as z from 'zod/mini';
import { text } from '../fields.ts';
import type { Operation } from '../operation.ts';
import { emailAddress, personLimits, personName } from './people.ts';
import { roles } from './roles.ts';

const password = text(personLimits.passwordMaximum);

export const newPassword = password.check(
  z.minLength(personLimits.passwordMinimum, `needs at least ${personLimits.passwordMinimum} characters`),
);

const secondFactorCode = z.string().check(z.regex(/^\s*[\w-]{6,16}\s*$/, 'is not a code'));
const done = z.object({ type: z.literal('done') });

/** Signed in, or half way: the code of the second factor is still asked for. */
const signInState = z.object({ type: z.literal('sign_in'), state: z.enum(['signed_in', 'second_factor']) });

export const getSignInOptions = {
  name: 'getSignInOptions',
  summary: 'Say how one can sign in here',
  tag: 'Session',
  method: 'GET',
  path: '/gateway/sign-in',
  version: '2.11',
  response: z.object({
    type: z.literal('sign_in_options'),
    /** Nobody can sign in yet: the set-up link in the console makes the first owner. */
    needs_set_up: z.boolean(),
    /** Accounts to try Deskbell with, one click each; empty but for the demo on this machine. */
    demo_roles: z.array(z.enum(roles)),
    /** The name of the single sign-on provider. */
    sso: z.nullable(z.string()),
    passkeys: z.boolean(),
  }),
} as const satisfies Operation;

export const signIn = {
  name: 'signIn',
  summary: 'Sign in with e-mail and password',
  tag: 'Session',
  method: 'POST',
  path: '/gateway/sign-in',
  version: '2.11',
  body: z.object({ email: emailAddress, password }),
  response: signInState,
} as const satisfies Operation;

export const signInSecondFactor = {
  name: 'signInSecondFactor',
  summary: 'Finish signing in with the code of the second factor, or with a backup code',
  tag: 'Session',
  method: 'POST',
  path: '/gateway/sign-in/second-factor',
  version: '2.11',
  body: z.object({ code: secondFactorCode, kind: z.enum(['totp', 'backup']) }),
  response: signInState,
} as const satisfies Operation;

export const signInDemo = {
  name: 'signInDemo',
  summary: 'Sign in to the demo',
  tag: 'Session',
  method: 'POST',
  path: '/gateway/sign-in/demo',
  version: '2.11',
  body: z.object({ role: z.enum(roles) }),
  response: signInState,
} as const satisfies Operation;

/** Answers with the provider's address to go to. */
export const signInSso = {
  name: 'signInSso',
  summary: 'Begin to sign in by single sign-on',
  tag: 'Session',
  method: 'POST',
  path: '/gateway/sign-in/sso',
  version: '2.11',
  /** `next`: the path of this Deskbell to come back to. */
  body: z.object({ next: text(2_000) }),
  response: z.object({ type: z.literal('redirect'), url: z.string() }),
} as const satisfies Operation;

export const signOut = {
  name: 'signOut',
  summary: 'Sign out',
  tag: 'Session',
  method: 'POST',
  path: '/gateway/sign-out',
  version: '2.11',
  body: z.object({}),
  response: done,
} as const satisfies Operation;

const linkToken = z.string().check(z.regex(/^[\w-]{20,200}$/, 'is not the token of a link'));

/** Reads a link without using it up. 404 when it is unknown, used or expired, which is not told apart. */
export const readLink = {
  name: 'readLink',
  summary: 'Say what a link is for',
  tag: 'Session',
  method: 'POST',
  path: '/gateway/links/read',
  version: '2.11',
  body: z.object({ token: linkToken }),
  response: z.object({
    type: z.literal('link'),
    kind: z.enum(['set_up', 'invitation', 'password_reset']),
    name: z.nullable(z.string()),
    email: z.nullable(z.string()),
    expires_at: z.int(),
  }),
} as const satisfies Operation;
export type Link = z.output<typeof readLink.response>;

/** Uses the link up. `email` only for `set_up`; `name` for that and for `invitation`. */
export const followLink = {
  name: 'followLink',
  summary: 'Set the first owner up, accept an invitation, or set a new password',
  tag: 'Session',
  method: 'POST',
  path: '/gateway/links/follow',
  version: '2.11',
  body: z.object({
    token: linkToken,
    name: z.optional(personName),
    email: z.optional(emailAddress),
    password: newPassword,
  }),
  response: signInState,
} as const satisfies Operation;

/** Always answers alike, whether the address belongs to a person or not. */
export const requestPasswordReset = {
  name: 'requestPasswordReset',
  summary: 'Ask for a link to set a new password',
  tag: 'Session',
  method: 'POST',
  path: '/gateway/password-reset',
  version: '2.11',
  body: z.object({ email: emailAddress }),
  response: z.object({ type: z.literal('done'), by: z.enum(['mail', 'log']) }),
} as const satisfies Operation;

export const updateAccount = {
  name: 'updateAccount',
  summary: 'Change one’s own name',
  tag: 'Account',
  method: 'PUT',
  path: '/gateway/account',
  version: '2.11',
  body: z.object({ name: personName }),
  response: done,
} as const satisfies Operation;

/** Ends all other sessions of the person. */
export const changePassword = {
  name: 'changePassword',
  summary: 'Change one’s own password',
  tag: 'Account',
  method: 'POST',
  path: '/gateway/account/password',
  version: '2.11',
  body: z.object({ current_password: password, new_password: newPassword }),
  response: done,
} as const satisfies Operation;

export const startSecondFactor = {
  name: 'startSecondFactor',
  summary: 'Begin to set up a second factor',
  tag: 'Account',
  method: 'POST',
  path: '/gateway/account/second-factor',
  version: '2.11',
  body: z.object({ password }),
  /** Counts only once a code of it was confirmed. `uri` is what authenticator apps read, `secret` the same to type. */
  response: z.object({
    type: z.literal('second_factor'),
    uri: z.string(),
    secret: z.string(),
    backup_codes: z.array(z.string()),
  }),
} as const satisfies Operation;

export const confirmSecondFactor = {
  name: 'confirmSecondFactor',
  summary: 'Switch the second factor on with a first code of it',
  tag: 'Account',
  method: 'PUT',
  path: '/gateway/account/second-factor',
  version: '2.11',
  body: z.object({ code: secondFactorCode }),
  response: done,
} as const satisfies Operation;

export const removeSecondFactor = {
  name: 'removeSecondFactor',
  summary: 'Switch one’s own second factor off',
  tag: 'Account',
  method: 'POST',
  path: '/gateway/account/second-factor/removal',
  version: '2.11',
  body: z.object({ password }),
  response: done,
} as const satisfies Operation;

/** Times are unix seconds. */
const ownSession = z.object({
  id: z.string(),
  is_current: z.boolean(),
  created_at: z.int(),
  /** As of the last renewal, which happens at most hourly. */
  last_seen_at: z.int(),
  expires_at: z.int(),
  address: z.nullable(z.string()),
  user_agent: z.nullable(z.string()),
});
export type OwnSession = z.output<typeof ownSession>;

export const listSessions = {
  name: 'listSessions',
  summary: 'List one’s own sessions',
  tag: 'Account',
  method: 'GET',
  path: '/gateway/account/sessions',
  version: '2.11',
  response: z.object({ type: z.literal('list'), data: z.array(ownSession) }),
} as const satisfies Operation;

export const revokeSession = {
  name: 'revokeSession',
  summary: 'End one of one’s own sessions',
  tag: 'Account',
  method: 'DELETE',
  path: '/gateway/account/sessions/{session_id}',
  version: '2.11',
  response: done,
} as const satisfies Operation;
