import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { json, startTestServer, type TestServer } from '#gateway/testing.ts';
import { type Desk, deskSettings, entriesOf, setUpOwner, startDesk } from './testing.desk.ts';

let intercom: TestServer;
let desk: Desk;
beforeAll(async () => {
  intercom = await startTestServer();
  const upstream = { INTERCOM_ACCESS_TOKEN: 'tok', INTERCOM_BASE_URL: intercom.url };
  desk = await startDesk({ ...(await deskSettings('export')), ...upstream });
}, 60_000);
afterAll(() => intercom.close());

test('an export that breaks off in the middle is a broken connection to whoever takes it', async () => {
  const owner = await setUpOwner(desk);
  const lists: Record<string, object> = {
    '/ticket_types': { type: 'list', data: [] },
    '/admins': { type: 'admin.list', admins: [] },
    '/teams': { type: 'team.list', teams: [] },
  };
  const first = {
    type: 'ticket.list',
    total_count: 300,
    tickets: [
      {
        type: 'ticket',
        id: '1',
        ticket_attributes: { _default_title_: 'The first' },
        ticket_state: 'resolved',
        contacts: { type: 'contact.list', contacts: [] },
        admin_assignee_id: '0',
        team_assignee_id: '0',
        created_at: 1,
        updated_at: 1,
      },
    ],
    pages: { type: 'pages', next: { starting_after: 'second' } },
  };
  intercom.answer = (incoming, outgoing, body) => {
    const list = lists[incoming.url ?? ''];
    if (list !== undefined) json(list)(incoming, outgoing, body);
    else if (body.includes('second')) incoming.socket.destroy();
    else json(first)(incoming, outgoing, body);
  };

  const cookies = [...(owner.cookies.get('127.0.0.1') ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  const asked = request(`${desk.origin}/gateway/tickets/export?format=csv`, { headers: { Cookie: cookies } });
  asked.end();
  const [incoming] = await once(asked, 'response');
  expect([incoming.statusCode, incoming.headers['x-rows-expected']]).toEqual([200, '300']);
  let text = '';
  const read = async () => {
    for await (const chunk of incoming) text += chunk;
  };
  await expect(read()).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(text).toContain('The first');
  const [entry] = await entriesOf(owner, desk, '?operation=exportTickets');
  expect(entry).toMatchObject({ status: 502, refusal: 'upstream_unreachable', object: '/tickets' });
  expect(entry?.changes).toContainEqual({ field: 'rows_written', after: 1 });
});
