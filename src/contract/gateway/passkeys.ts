import * as z from 'zod/mini';
import { requiredText, text } from '../fields.ts';
import type { Operation } from '../operation.ts';
import { personLimits } from './people.ts';

// The forms are those of WebAuthn's own JSON, so that a browser's answer goes in and what a browser is asked comes out as
// they stand. What else a browser says is left out: nothing here looks at it.

/** How long a passkey's name may be. */
export const passkeyNameLimit = 60;

const bytes = z.string().check(z.regex(/^[\w-]{1,100000}$/, 'is not base64url'));
const transport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);
const publicKey = z.literal('public-key');

/** A browser may name ways of connecting that are newer than this list; they are left out. */
const transports = z.pipe(
  z.transform((value: unknown) =>
    Array.isArray(value) ? value.filter((one) => transport.safeParse(one).success) : value,
  ),
  z.array(transport),
);

const descriptor = z.object({ id: bytes, type: publicKey, transports: z.exactOptional(transports) });
const done = z.object({ type: z.literal('done') });

/** What `navigator.credentials.create` is asked for. */
export const creationOptions = z.object({
  challenge: bytes,
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: bytes, name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: publicKey, alg: z.int() })),
  timeout: z.int(),
  excludeCredentials: z.array(descriptor),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
  attestation: z.literal('none'),
});

/** What `navigator.credentials.get` is asked for. */
export const requestOptions = z.object({
  challenge: bytes,
  rpId: z.string(),
  timeout: z.int(),
  allowCredentials: z.exactOptional(z.array(descriptor)),
  userVerification: z.literal('required'),
});

const credential = { id: bytes, rawId: bytes, type: publicKey };

const attestation = z.object({
  ...credential,
  response: z.object({ clientDataJSON: bytes, attestationObject: bytes, transports: z.optional(transports) }),
});

const assertion = z.object({
  ...credential,
  response: z.object({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes }),
});

export const startPasskeySignIn = {
  name: 'startPasskeySignIn',
  summary: 'Begin to sign in with a passkey',
  tag: 'Session',
  method: 'POST',
  path: '/gateway/sign-in/passkey/challenge',
  version: '2.11',
  body: z.object({}),
  response: z.object({ type: z.literal('passkey_request'), options: requestOptions }),
} as const satisfies Operation;

/** The passkey stands for both factors, so no code is asked for after it. */
export const signInPasskey = {
  name: 'signInPasskey',
  summary: 'Sign in with a passkey',
  tag: 'Session',
  method: 'POST',
  path: '/gateway/sign-in/passkey',
  version: '2.11',
  body: z.object({ credential: assertion }),
  response: z.object({ type: z.literal('sign_in'), state: z.literal('signed_in') }),
} as const satisfies Operation;

const passkey = z.object({
  id: z.string(),
  name: z.string(),
  /** Unix seconds. */
  created_at: z.int(),
});
export type Passkey = z.output<typeof passkey>;

export const listPasskeys = {
  name: 'listPasskeys',
  summary: 'List one’s own passkeys',
  tag: 'Account',
  method: 'GET',
  path: '/gateway/account/passkeys',
  version: '2.11',
  response: z.object({
    type: z.literal('list'),
    data: z.array(passkey),
    /** Why none can be added from here; null where one can. Only at the address `origin` passkeys work, if at any. */
    obstacle: z.nullable(z.enum(['other_address', 'no_domain', 'demo'])),
    origin: z.nullable(z.string()),
  }),
} as const satisfies Operation;

/** `password`: the person's own, where they have one. Who has none must have signed in just now. */
export const startPasskey = {
  name: 'startPasskey',
  summary: 'Begin to add a passkey',
  tag: 'Account',
  method: 'POST',
  path: '/gateway/account/passkeys/challenge',
  version: '2.11',
  body: z.object({ password: z.optional(text(personLimits.passwordMaximum)) }),
  response: z.object({ type: z.literal('passkey_creation'), options: creationOptions }),
} as const satisfies Operation;

export const addPasskey = {
  name: 'addPasskey',
  summary: 'Add a passkey',
  tag: 'Account',
  method: 'POST',
  path: '/gateway/account/passkeys',
  version: '2.11',
  body: z.object({ name: requiredText(passkeyNameLimit), credential: attestation }),
  response: done,
} as const satisfies Operation;

export const removePasskey = {
  name: 'removePasskey',
  summary: 'Remove one of one’s own passkeys',
  tag: 'Account',
  method: 'DELETE',
  path: '/gateway/account/passkeys/{passkey_id}',
  version: '2.11',
  response: done,
} as const satisfies Operation;
