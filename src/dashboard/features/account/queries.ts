import { mutationOptions, queryOptions } from '@tanstack/react-query';
import {
  addPasskey,
  listPasskeys,
  removePasskey,
  signInPasskey,
  startPasskey,
  startPasskeySignIn,
} from '#contract/gateway/passkeys.ts';
import {
  changePassword,
  confirmSecondFactor,
  followLink,
  getSignInOptions,
  listSessions,
  readLink,
  removeSecondFactor,
  requestPasswordReset,
  revokeSession,
  signIn,
  signInDemo,
  signInSecondFactor,
  signInSso,
  startSecondFactor,
  updateAccount,
} from '#contract/gateway/session.ts';
import type { BodyOf } from '#contract/operation.ts';
import { call } from '../../lib/call.ts';
import { sessionQueries } from '../../lib/session.ts';

const account = ['account'] as const;

export const accountQueries = {
  signInOptions: () =>
    queryOptions({
      queryKey: [...account, 'sign-in-options'],
      queryFn: ({ signal, meta }) => call(getSignInOptions, { signal, meta }),
    }),
  link: (token: string) =>
    queryOptions({
      queryKey: [...account, 'link', token],
      queryFn: ({ signal, meta }) => call(readLink, { body: { token }, signal, meta }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  passkeys: () =>
    queryOptions({
      queryKey: [...account, 'passkeys'],
      queryFn: ({ signal, meta }) => call(listPasskeys, { signal, meta }),
    }),
  sessions: () =>
    queryOptions({
      queryKey: [...account, 'sessions'],
      queryFn: async ({ signal, meta }) => (await call(listSessions, { signal, meta })).data,
    }),
};

const { queryKey: sessionKey } = sessionQueries.current();
const { queryKey: sessionsKey } = accountQueries.sessions();
const { queryKey: passkeysKey } = accountQueries.passkeys();

const ceremony = () => import('./passkey-ceremony.ts');

/** The ways in. None of them touches what has been read before: whoever signs in, the page loads or looks anew. */
export const signInMutations = {
  password: () => mutationOptions({ mutationFn: (body: BodyOf<typeof signIn>) => call(signIn, { body }) }),
  secondFactor: () =>
    mutationOptions({ mutationFn: (body: BodyOf<typeof signInSecondFactor>) => call(signInSecondFactor, { body }) }),
  demo: () => mutationOptions({ mutationFn: (body: BodyOf<typeof signInDemo>) => call(signInDemo, { body }) }),
  sso: () => mutationOptions({ mutationFn: (body: BodyOf<typeof signInSso>) => call(signInSso, { body }) }),
  passkey: () =>
    mutationOptions({
      mutationFn: async () => {
        const [{ askPasskey }, { options }] = await Promise.all([ceremony(), call(startPasskeySignIn, { body: {} })]);
        return call(signInPasskey, { body: { credential: await askPasskey(options) } });
      },
    }),
  followLink: () => mutationOptions({ mutationFn: (body: BodyOf<typeof followLink>) => call(followLink, { body }) }),
  requestPasswordReset: () =>
    mutationOptions({
      mutationFn: (body: BodyOf<typeof requestPasswordReset>) => call(requestPasswordReset, { body }),
    }),
};

/** What a person changes about themselves. */
export const accountMutations = {
  rename: () =>
    mutationOptions({
      mutationFn: (body: BodyOf<typeof updateAccount>) => call(updateAccount, { body }),
      meta: { invalidates: [[...sessionKey]] },
    }),
  changePassword: () =>
    mutationOptions({
      mutationFn: (body: BodyOf<typeof changePassword>) => call(changePassword, { body }),
      meta: { invalidates: [[...sessionsKey]] },
    }),
  startSecondFactor: () =>
    mutationOptions({ mutationFn: (body: BodyOf<typeof startSecondFactor>) => call(startSecondFactor, { body }) }),
  confirmSecondFactor: () =>
    mutationOptions({
      mutationFn: (body: BodyOf<typeof confirmSecondFactor>) => call(confirmSecondFactor, { body }),
      meta: { invalidates: [[...sessionKey]] },
    }),
  removeSecondFactor: () =>
    mutationOptions({
      mutationFn: (body: BodyOf<typeof removeSecondFactor>) => call(removeSecondFactor, { body }),
      meta: { invalidates: [[...sessionKey]] },
    }),
  addPasskey: () =>
    mutationOptions({
      mutationFn: async ({ name, ...proof }: { name: string } & BodyOf<typeof startPasskey>) => {
        const [{ createPasskey }, { options }] = await Promise.all([ceremony(), call(startPasskey, { body: proof })]);
        return call(addPasskey, { body: { name, credential: await createPasskey(options) } });
      },
      meta: { invalidates: [[...passkeysKey]] },
    }),
  removePasskey: () =>
    mutationOptions({
      mutationFn: (id: string) => call(removePasskey, { params: { passkey_id: id } }),
      meta: { invalidates: [[...passkeysKey]] },
    }),
  revokeSessions: () =>
    mutationOptions({
      mutationFn: (sessionIds: string[]) =>
        Promise.all(sessionIds.map((id) => call(revokeSession, { params: { session_id: id } }))),
      meta: { invalidates: [[...sessionsKey]] },
    }),
};
