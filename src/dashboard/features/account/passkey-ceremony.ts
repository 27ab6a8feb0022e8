import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import type { addPasskey, signInPasskey, startPasskey, startPasskeySignIn } from '#contract/gateway/passkeys.ts';
import type { BodyOf, ResponseOf } from '#contract/operation.ts';
import { ApiError } from '../../lib/api-error.ts';

// Fetched only once somebody wants to use a passkey.

/** Lets the browser make a passkey. Throws an `ApiError`, as a call does. */
export async function createPasskey(
  optionsJSON: ResponseOf<typeof startPasskey>['options'],
): Promise<BodyOf<typeof addPasskey>['credential']> {
  const { id, rawId, type, response } = await startRegistration({ optionsJSON }).catch(rethrow);
  const { clientDataJSON, attestationObject, transports } = response;
  return { id, rawId, type, response: { clientDataJSON, attestationObject, ...(transports && { transports }) } };
}

/** Lets the browser sign with a passkey that the person chooses. Throws an `ApiError`, as a call does. */
export async function askPasskey(
  optionsJSON: ResponseOf<typeof startPasskeySignIn>['options'],
): Promise<BodyOf<typeof signInPasskey>['credential']> {
  const { id, rawId, type, response } = await startAuthentication({ optionsJSON }).catch(rethrow);
  const { clientDataJSON, authenticatorData, signature } = response;
  return { id, rawId, type, response: { clientDataJSON, authenticatorData, signature } };
}

/** By the names that WebAuthn gives them. A browser does not tell "closed" from "there is none", so as not to give it away. */
const codes: Record<string, string> = {
  NotAllowedError: 'passkey_cancelled',
  AbortError: 'passkey_cancelled',
  InvalidStateError: 'passkey_exists',
};

function rethrow(error: unknown): never {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  throw new ApiError({ status: 0, code: codes[name] ?? 'passkey_failed', message });
}
