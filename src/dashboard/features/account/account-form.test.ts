import { expect, test } from 'vitest';
import { ApiError } from '../../lib/api-error.ts';
import { credentialsValues, linkValues, refusalText, ssoFailure } from './account-form.ts';

const wrong = new ApiError({ status: 401, code: 'credentials_wrong', message: 'No such person' });

test('a refusal does not tell the e-mail address from the password', () => {
  expect(refusalText(wrong, 'credentials')).toBe('The e-mail address or the password is not right.');
});

test('another failure is not taken for a wrong password', () => {
  expect(refusalText(new ApiError({ status: 500, code: 'server_error', message: '' }), 'password')).toBeUndefined();
});

test.each([
  [null, undefined],
  ['not_invited', /invited/],
  ['deactivated', /deactivated/],
  ['sso_failed', /did not work/],
  ['<script>', /did not work/],
  ['constructor', /did not work/],
])('single sign-on that comes back with %s', (code, text) => {
  if (text === undefined) expect(ssoFailure(code)).toBeUndefined();
  else expect(ssoFailure(code)).toMatch(text);
});

test('an old password may be of any length, a new one not', () => {
  expect(credentialsValues.safeParse({ email: 'ada@example.com', password: 'short' }).success).toBe(true);
  const link = { name: 'Ada', email: 'ada@example.com', password: 'short' };
  expect(linkValues.set_up.safeParse(link).success).toBe(false);
  expect(linkValues.password_reset.safeParse({ ...link, name: '', password: 'long enough' }).success).toBe(true);
});
