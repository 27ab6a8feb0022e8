import { describe, expect, test } from 'vitest';
import { errorList } from '#contract/errors.ts';
import { activity } from './activity/tables.ts';
import { gatewayOn, recordingUpstream, testDatabase } from './testing.gateway.ts';
import { fromOwnPage } from './testing.ts';

function open(answer?: () => Response) {
  const { requests, upstream } = recordingUpstream(answer);
  return { app: gatewayOn(upstream), requests };
}

const codeOf = async (response: Response) => errorList.parse(await response.json()).errors[0]?.code;

describe('a search, which is a POST that changes nothing', () => {
  const search = { method: 'POST', headers: fromOwnPage, body: '{"query":{"field":"id","operator":"=","value":"1"}}' };
  const logged = async () => (await testDatabase.db.select().from(activity)).length;

  test('needs no key, and leaves nothing in the log', async () => {
    const { app, requests } = open();
    const before = await logged();
    const response = await app.request('/api/tickets/search', {
      ...search,
      headers: { ...fromOwnPage, 'Idempotency-Key': '' },
    });
    expect([response.status, await response.json()]).toEqual([200, { type: 'list', data: [] }]);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST http://workspace/tickets/search']);
    expect(await requests[0]?.json()).toEqual(JSON.parse(search.body));
    expect(await logged()).toBe(before);
  });

  test('that the workspace failed at is told to be tried again', async () => {
    const { app } = open(() => new Response(null, { status: 500 }));
    const response = await app.request('/api/contacts/search', search);
    expect([response.status, await codeOf(response)]).toEqual([502, 'unusable_answer']);
  });

  test('still has to come from our own page', async () => {
    const headers = { 'Content-Type': 'application/json', Origin: 'https://evil.invalid' };
    const response = await open().app.request('/api/tickets/search', { ...search, headers });
    expect([response.status, await codeOf(response)]).toEqual([403, 'forbidden']);
  });
});
