import { expect, test } from 'vitest';
import { fromPerson, invitationValues, personValues, toUpdateBody } from './person-form.ts';
import { buildPerson } from './testing.ts';

const person = buildPerson({ name: 'Ada', roles: ['owner', 'agent'] });

test('roles are told in one order, whatever order they come in', () => {
  expect(fromPerson(person)).toEqual({ name: 'Ada', roles: ['agent', 'owner'] });
});

test.each([
  [{ name: ' Ada ', roles: ['owner', 'agent'] as const }, {}],
  [{ name: 'Ada L.', roles: ['agent', 'owner'] as const }, { name: 'Ada L.' }],
  [{ name: 'Ada', roles: ['agent'] as const }, { roles: ['agent'] }],
])('of %j only what differs is sent', ({ name, roles }, body) => {
  expect(toUpdateBody({ name, roles: [...roles] }, person)).toEqual(body);
});

test('a person needs a name and a role', () => {
  const { error } = personValues.safeParse({ name: ' ', roles: [] });
  expect(error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
    ['name', 'is a required parameter'],
    ['roles', 'Choose at least one role.'],
  ]);
});

test('who is invited needs an e-mail address too', () => {
  expect(invitationValues.safeParse({ name: 'Bo', email: 'bo', roles: ['agent'] }).success).toBe(false);
  expect(invitationValues.safeParse({ name: 'Bo', email: ' bo@example.com', roles: ['agent'] }).success).toBe(true);
});
