import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gatewayOperations } from '#contract/gateway/operations.ts';
import { type Role, roles } from '#contract/gateway/roles.ts';
import type { Operation } from '#contract/operation.ts';
import { type OperationName, operations } from '#contract/operations.ts';
import { access } from '#gateway/access.ts';
import { startTestServer, type TestServer } from './testing.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ PERSON_RATE_LIMIT: 'off' });
}, 60_000);
afterAll(() => server.stop(), 60_000);

const all: [string, Operation][] = [
  ...Object.entries<Operation>(operations).map(([name, operation]): [string, Operation] => [
    name,
    { ...operation, path: `/api${operation.path}` },
  ]),
  ...Object.entries<Operation>(gatewayOperations),
];

/** An address of the operation, and a body that is none of a person's. */
function sampleOf({ path, method, body }: Operation): [string, string, object | undefined] {
  const identity = { id: 'demo-owner', user_id: 'demo-owner', userId: 'demo-owner', admin_id: 1, role: 'owner' };
  return [method, path.replace(/\{\w+\}/g, '1'), body === undefined ? undefined : identity];
}

describe.each(all)('%s', (name, operation) => {
  const [method, address, body] = sampleOf(operation);
  const allowed = access[name as OperationName];

  test('is for who is signed in only, whoever the request says to be', async () => {
    const forged = {
      'X-Forwarded-User': 'demo-owner',
      'X-Remote-User': 'demo-owner',
      Authorization: 'Bearer demo-owner',
    };
    const answer = await server.browser().ask(method, address, body, forged);
    if (allowed === 'anyone') expect(answer.status).not.toBe(401);
    else expect([answer.status, answer.code]).toEqual([401, 'not_signed_in']);
  });

  test.each(roles)('asks for the role: %s', async (role) => {
    const answer = await (await server.as(role)).ask(method, address, body);
    if (allowed === 'anyone' || allowed.includes(role)) {
      expect(['not_signed_in', 'role_required']).not.toContain(answer.code);
    } else {
      expect([answer.status, answer.code]).toEqual([403, 'role_required']);
    }
    expect(answer.status).toBeLessThan(500);
  });
});

// The rules in the words of those who asked for them, against the table that the program goes by.
test.each<[string, string, Role[]]>([
  ['admins edit ticket types', 'updateTicketType', ['admin', 'owner']],
  ['admins make ticket types', 'createTicketType', ['admin', 'owner']],
  ['admins edit attributes', 'updateTicketTypeAttribute', ['admin', 'owner']],
  ['admins make attributes', 'createTicketTypeAttribute', ['admin', 'owner']],
  ['owners manage people', 'updatePerson', ['owner']],
  ['owners invite', 'invitePerson', ['owner']],
  ['owners see who there is', 'listPeople', ['owner']],
  ['everyone reads ticket types', 'listTicketTypes', ['agent', 'admin', 'manager', 'owner']],
  ['who is responsible reads the log', 'listActivity', ['admin', 'manager', 'owner']],
])('%s', (_, name, expected) => {
  expect([...access[name as OperationName]].sort()).toEqual([...expected].sort());
});
