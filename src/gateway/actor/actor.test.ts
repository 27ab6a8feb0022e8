import { describe, expect, test } from 'vitest';
import { errorList } from '#contract/errors.ts';
import { roles } from '#contract/gateway/roles.ts';
import { gatewayOn, recordingUpstream } from '../testing.gateway.ts';
import { fromOwnPage } from '../testing.ts';

const admin = (id: string, email: string) => ({ type: 'admin', id, name: `Admin ${id}`, email });
const admins = [admin('11', 'Ada@Example.com'), admin('12', 'bo@example.com')];

function open(answers: Record<string, () => Response> = {}) {
  const { requests, upstream } = recordingUpstream((request) => {
    const { pathname } = new URL(request.url);
    const known: Record<string, () => Response> = {
      '/admins': () => Response.json({ type: 'admin.list', admins }),
      '/me': () => Response.json(admin('99', 'token@example.com')),
      ...answers,
    };
    return known[pathname]?.() ?? Response.json({});
  });
  const app = gatewayOn(upstream);
  /** A request of the person with that email. */
  const ask = (email: string, method: string, path: string, body?: unknown) => {
    const caller = { id: 'p', name: 'P', email, roles: [...roles], secondFactor: false, sessionId: 'none' };
    const init = { method, headers: fromOwnPage, body: body === undefined ? null : JSON.stringify(body) };
    return app.request(path, init, { caller });
  };
  const paths = () => requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  return { ask, requests, paths, sent: async () => requests.at(-1)?.json() };
}

describe('the admin who acts', () => {
  test.each([
    ['with the person’s email, however it is spelled', 'ada@example.com', { admin_id: '11', is_own: true }],
    ['of the token, for everyone else', 'carl@example.com', { admin_id: '99', is_own: false }],
  ])('is the one %s', async (_, email, expected) => {
    const response = await open().ask(email, 'GET', '/gateway/actor');
    expect(await response.json()).toEqual({ type: 'actor', ...expected });
  });

  test.each([
    ['POST', '/api/tickets/7/reply', { message_type: 'note', body: 'x' }],
    ['POST', '/api/tickets/7/tags', { id: '3' }],
    ['DELETE', '/api/tickets/7/tags/3', {}],
  ])('goes into the body of %s %s, whatever the browser says', async (method, path, body) => {
    for (const claimed of [undefined, '12', 12, null, { id: '12' }]) {
      const { ask, sent } = open();
      await ask('ada@example.com', method, path, { ...body, ...(claimed !== undefined && { admin_id: claimed }) });
      expect(await sent()).toEqual({ ...body, admin_id: '11' });
    }
  });

  test('goes into the assignment of an update', async () => {
    const { ask, sent } = open();
    const assignment = { admin_id: '12', assignee_id: '5' };
    await ask('ada@example.com', 'PUT', '/api/tickets/7', { state: 'resolved', assignment });
    expect(await sent()).toEqual({ state: 'resolved', assignment: { admin_id: '11', assignee_id: '5' } });
  });

  test.each([
    ['no assignment', { state: 'resolved' }],
    ['an assignment that is none', { assignment: [{ admin_id: '12' }] }],
  ])('is not asked for where an update has %s', async (_, body) => {
    const { ask, sent, paths } = open();
    await ask('ada@example.com', 'PUT', '/api/tickets/7', body);
    expect(await sent()).toEqual(body);
    expect(paths()).toEqual(['GET /tickets/7', 'PUT /tickets/7']);
  });

  test('is never a contact: nobody writes in the name of a customer', async () => {
    const { ask, paths } = open();
    const body = { message_type: 'comment', type: 'user', email: 'customer@example.com', body: 'x' };
    const response = await ask('ada@example.com', 'POST', '/api/tickets/7/reply', body);
    expect(response.status).toBe(403);
    expect(errorList.parse(await response.json()).errors[0]).toMatchObject({ code: 'action_forbidden', field: 'type' });
    expect(paths()).toEqual([]);
  });

  test('is looked up once for several writes', async () => {
    const { ask, paths } = open();
    for (const _ of [1, 2, 3]) await ask('carl@example.com', 'POST', '/api/tickets/7/tags', { id: '3' });
    const write = 'POST /tickets/7/tags';
    expect(paths()).toEqual(['GET /admins', 'GET /me', write, write, write]);
  });
});

describe('without knowing who acts', () => {
  const refusal = { type: 'error.list', request_id: 'r', errors: [{ code: 'rate_limit_exceeded', message: 'Slowly' }] };

  test('nothing is written, and the refusal of the workspace is passed on', async () => {
    const limited = () => Response.json(refusal, { status: 429, headers: { 'Retry-After': '7' } });
    const { ask, paths } = open({ '/admins': limited });
    const response = await ask('ada@example.com', 'POST', '/api/tickets/7/tags', { id: '3' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
    expect(errorList.parse(await response.json()).errors).toEqual([{ code: 'rate_limit_exceeded', message: 'Slowly' }]);
    expect(paths()).toEqual(['GET /admins']);
  });

  test('the next write asks again', async () => {
    let calls = 0;
    const failingOnce = () => {
      calls += 1;
      return calls === 1 ? new Response(null, { status: 500 }) : Response.json({ type: 'admin.list', admins });
    };
    const { ask } = open({ '/admins': failingOnce });
    const write = () => ask('ada@example.com', 'POST', '/api/tickets/7/tags', { id: '3' });
    const first = await write();
    expect([first.status, errorList.parse(await first.json()).errors[0]?.code]).toEqual([502, 'unusable_answer']);
    expect((await write()).status).toBe(200);
  });
});
