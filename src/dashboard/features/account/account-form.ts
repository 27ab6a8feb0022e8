import * as z from 'zod/mini';
import { requiredMessage, requiredText } from '#contract/fields.ts';
import { passkeyNameLimit } from '#contract/gateway/passkeys.ts';
import { emailAddress, personLimits, personName } from '#contract/gateway/people.ts';
import { newPassword } from '#contract/gateway/session.ts';
import type { ApiError } from '../../lib/api-error.ts';
import { fieldMessage, serverFieldMessage } from '../../lib/field-message.ts';

const existingPassword = z.string().check(z.minLength(1, requiredMessage));

export const credentialsValues = z.object({ email: emailAddress, password: existingPassword });
export const codeValues = z.object({ code: z.string().check(z.regex(/^\s*[\w-]{6,16}\s*$/, 'is not a code')) });
export const emailValues = z.object({ email: emailAddress });
export const nameValues = z.object({ name: personName });
export const passwordValues = z.object({ password: existingPassword });

const passkeyName = requiredText(passkeyNameLimit);
export const passkeyValues = {
  withPassword: z.object({ name: passkeyName, password: existingPassword }),
  withoutPassword: z.object({ name: passkeyName, password: z.string() }),
};

/** What each kind of link asks for. The fields that a kind does not show hold what its schema takes. */
export const linkValues = {
  set_up: z.object({ name: personName, email: emailAddress, password: newPassword }),
  invitation: z.object({ name: personName, email: z.string(), password: newPassword }),
  password_reset: z.object({ name: z.string(), email: z.string(), password: newPassword }),
};

export const passwordChangeValues = z.object({ current: existingPassword, next: newPassword });

export const passwordHelp = `At least ${personLimits.passwordMinimum} characters. A few words in a row make a good one.`;

/** What stands under the e-mail field. */
export function emailMessage(message: string | undefined): string | undefined {
  if (message === 'is not an e-mail address') return 'This is not an e-mail address. One looks like ada@example.com.';
  return fieldMessage('E-mail', message);
}

/** What an answer says about the field with the wire's name `wireName`, or undefined. */
export function answeredMessage(error: ApiError | null, wireName: string, label: string): string | undefined {
  return error?.field === wireName ? serverFieldMessage(label, wireName, error.message) : undefined;
}

/** Why someone could not be let in, in a sentence. It never says which of e-mail and password was wrong. */
export function refusalText(
  error: ApiError,
  asked: 'credentials' | 'totp' | 'backup' | 'password',
): string | undefined {
  if (error.code !== 'credentials_wrong') return undefined;
  switch (asked) {
    case 'credentials':
      return 'The e-mail address or the password is not right.';
    case 'totp':
      return 'This code is not right. Codes change every 30 seconds; type the one that is shown now.';
    case 'backup':
      return 'This backup code is not right, or was used before.';
    case 'password':
      return 'This is not your password.';
  }
}

const deactivated = 'Your account is deactivated. Ask an owner of this Deskbell to let you in again.';

const passkeyFailures: Record<string, string> = {
  passkey_cancelled: 'Your browser gave no passkey: its question was closed, or took too long. Try again.',
  passkey_exists: 'This device, or its password manager, holds a passkey of yours already.',
  passkey_failed: 'Your browser could not do this. Try again, or use another browser or device.',
  passkey_refused: 'This passkey was not accepted. Try again.',
  credentials_wrong: 'This passkey lets nobody in here. It may have been removed; sign in in another way.',
  sign_in_too_old: 'Sign out and in again first, then add the passkey within 15 minutes.',
  deactivated,
};

/** Why it did not work with a passkey, in a sentence; undefined for what may happen anywhere. */
export function passkeyText({ code }: ApiError): string | undefined {
  return Object.hasOwn(passkeyFailures, code) ? passkeyFailures[code] : undefined;
}

const ssoFailures: Record<string, string> = {
  not_invited: 'Nobody with your e-mail address is invited to this Deskbell. Ask an owner for an invitation.',
  sso_failed: 'Single sign-on did not work. Try again, or sign in in another way.',
  deactivated,
};

/** Why single sign-on led back here, from the address's `error`; undefined when it says none. */
export function ssoFailure(code: string | null): string | undefined {
  if (code === null) return undefined;
  return Object.hasOwn(ssoFailures, code) ? ssoFailures[code] : ssoFailures.sso_failed;
}
