import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ticketPart } from '#contract/tickets.ts';
import { startOfTime } from '../testing.ts';
import { contactId, inVersion, openTestTickets, otherContactId, refused, type TestTickets } from './testing.ts';

let desk: TestTickets;
let id: string;
beforeAll(async () => {
  desk = await openTestTickets();
});
beforeEach(async () => {
  desk.time.now = startOfTime;
  id = await desk.newTicket();
});
afterAll(() => desk.close());

const byAdmin = { message_type: 'comment', type: 'admin', admin_id: '802', body: 'Hello' };
const byUser = { message_type: 'comment', type: 'user', intercom_user_id: contactId, body: 'Thanks again :)' };
const reply = (body: object, asked = {}) => desk.reply(id, body, asked);
const uuid = '22d6d1f4-1a19-41d0-94c2-e54031f78aca';
const missing = (field: string) => ({ code: 'parameter_not_found', message: `${field} is a required parameter` });

describe('POST /tickets/{id}/reply by an admin', () => {
  test.each(['comment', 'note'])('200 with the part of a %s in the order of the examples', async (message_type) => {
    desk.time.now += 4;
    const { status, body } = await reply({ ...byAdmin, message_type, body: 'Plain text' });
    expect(status).toBe(200);
    expect(ticketPart.parse(body)).toEqual(body);
    expect(Object.entries(body)).toEqual(
      Object.entries({
        type: 'ticket_part',
        id: body.id,
        part_type: message_type,
        body: '<p>Plain text</p>',
        created_at: startOfTime + 4,
        updated_at: startOfTime + 4,
        author: { id: '802', type: 'admin', name: 'Tomasz Wierzbicki', email: 'tomasz@fennelandoak.example' },
        attachments: [],
        redacted: false,
      }),
    );
    const read = await desk.read(id);
    expect(read.ticket_parts?.ticket_parts[1]).toEqual(body);
    expect(read).toMatchObject({ updated_at: startOfTime + 4, ticket_state: 'submitted', open: true });
  });

  test('200 with the body of the examples without its wrappers', async () => {
    const { body } = await reply({
      ...byAdmin,
      message_type: 'note',
      body: '<html> <body>  <h2>An Unordered HTML List</h2>  <ul>   <li>Coffee</li>   <li>Tea</li> </ul>   </body> </html>',
    });
    expect(body.body?.split('\n').join('')).toBe('<h2>An Unordered HTML List</h2><ul><li>Coffee</li><li>Tea</li></ul>');
  });

  test.each([
    '<p>a</p><script>alert(1)</script>',
    '<p onclick="alert(1)">a</p>',
    '<p>a<img src=x onerror=alert(1)></p>',
    '<p>a</p><iframe src="https://evil.example"></iframe>',
    '<p>a</p><svg><p>a</p><style><img src=x onerror=alert(1)></style></svg>',
    '<p>a</p><a href="javascript:alert(1)">x</a>',
  ])('200 with %j made harmless', async (body) => {
    const answer = await reply({ ...byAdmin, body });
    expect(answer.status).toBe(200);
    expect(answer.body.body).not.toMatch(/script|onerror|onclick|iframe|style|evil/i);
    expect((await desk.read(id)).ticket_parts?.ticket_parts[1]).toEqual(answer.body);
  });

  test('200 for a quick reply, which has no body', async () => {
    const asked = { message_type: 'quick_reply', type: 'admin', admin_id: 803, body: 'not kept' };
    const { body } = await reply({ ...asked, reply_options: [{ text: 'Yes', uuid }] });
    expect(body).toMatchObject({ part_type: 'quick_reply', author: { id: '803' } });
    expect(body).not.toHaveProperty('body');
    refused(await reply(asked), 400, missing('reply_options'));
    refused(await reply({ ...asked, reply_options: [] }), 400, missing('reply_options'));
    refused(await reply({ ...asked, reply_options: [{ text: 'Yes', uuid: 'x' }] }), 400, { code: 'parameter_invalid' });
    const many = Array(21).fill({ text: 'Yes', uuid });
    refused(await reply({ ...asked, reply_options: many }), 400, { code: 'parameter_invalid' });
  });

  test('200 with attachments, at most ten, from the web only', async () => {
    const attachment_urls = ['https://files.example/a/shot%201.PNG', 'http://files.example'];
    const { body } = await reply({ ...byAdmin, attachment_urls });
    expect(body.attachments).toEqual([
      { type: 'upload', name: 'shot 1.PNG', url: 'https://files.example/a/shot%201.PNG', content_type: 'image/png' },
      { type: 'upload', name: 'files.example', url: 'http://files.example/', content_type: 'application/octet-stream' },
    ]);
    for (const refusedUrls of [
      ['javascript:alert(1)'],
      ['file:///etc/passwd'],
      ['x'],
      Array(11).fill('https://a.example'),
    ]) {
      refused(await reply({ ...byAdmin, attachment_urls: refusedUrls }), 400, {
        code: 'parameter_invalid',
        field: 'attachment_urls',
      });
    }
  });

  test('200 earlier in 2.11, now in 2.10; parts are read in the order of their times', async () => {
    desk.time.now += 50;
    const created_at = startOfTime + 5;
    expect((await reply({ ...byAdmin, body: 'first' })).body.created_at).toBe(startOfTime + 50);
    expect((await reply({ ...byAdmin, body: 'second', created_at }, inVersion('2.10'))).body.created_at).toBe(
      startOfTime + 50,
    );
    expect((await reply({ ...byAdmin, body: 'before', created_at })).body).toMatchObject({ created_at });
    const parts = (await desk.read(id)).ticket_parts?.ticket_parts;
    expect(parts?.map(({ body }) => body)).toEqual([undefined, '<p>before</p>', '<p>first</p>', '<p>second</p>']);
    refused(await reply({ ...byAdmin, created_at: startOfTime + 51 }), 400, { code: 'parameter_invalid' });
  });

  test('200 for 100,000 characters, 400 for one more', async () => {
    const { status, body } = await reply({ ...byAdmin, body: 'x'.repeat(100_000) });
    expect([status, body.body?.length]).toEqual([200, 100_007]);
    refused(await reply({ ...byAdmin, body: 'x'.repeat(100_001) }), 400, { code: 'parameter_invalid', field: 'body' });
  });

  test.each([undefined, '', '  ', '<p></p>', '<script>alert(1)</script>', '<svg><p>a</p></svg>'])(
    '400 for the body %j',
    async (body) => {
      refused(await reply({ ...byAdmin, body }), 400, missing('body'));
    },
  );

  test.each(['message_type', 'type', 'admin_id'])('400 without %s', async (field) => {
    refused(await reply({ ...byAdmin, [field]: undefined }), 400, missing(field));
  });

  test.each(['1', 'x', '61', '901', contactId])('404 not_found for admin %s', async (admin_id) => {
    refused(await reply({ ...byAdmin, admin_id }), 404, { code: 'not_found', message: 'Resource Not Found' });
    expect((await desk.read(id)).updated_at).toBe(startOfTime);
  });

  test('cross_post is for notes on back-office tickets', async () => {
    const asked = { ...byAdmin, message_type: 'note', cross_post: true };
    refused(await reply(asked), 400, { code: 'parameter_invalid', field: 'cross_post' });
    expect((await reply({ ...asked, cross_post: false })).status).toBe(200);
    id = await desk.newTicket('Back-office');
    expect((await reply(asked)).status).toBe(200);
    refused(await reply({ ...asked, message_type: 'comment' }), 400, { code: 'parameter_invalid' });
  });

  test('admins who wrote are teammates of the ticket, once each', async () => {
    await reply(byAdmin);
    await reply({ ...byAdmin, message_type: 'note', admin_id: '805' });
    await reply(byAdmin);
    await reply(byUser);
    const { rows } = await desk.database.executeSql('select teammate_ids::text from tickets where id = $1', [
      Number(id),
    ]);
    expect(rows).toEqual([{ teammate_ids: '{802,805}' }]);
  });

  test('200 with what a client may not set left alone', async () => {
    const sent = {
      id: '5',
      author_id: '801',
      author_type: 'bot',
      ticket_id: '1',
      workspace_id: 'w0other1',
      updated_at: 1,
    };
    const { body } = await reply({ ...byAdmin, ...sent, part_type: 'note', redacted: true, external_id: 'x' });
    expect(body).toMatchObject({
      part_type: 'comment',
      author: { id: '802' },
      updated_at: startOfTime,
      redacted: false,
    });
    expect(body.id).not.toBe('5');
    expect(body).not.toHaveProperty('external_id');
  });
});

describe('POST /tickets/{id}/reply by a contact', () => {
  test.each([
    ['intercom_user_id', { intercom_user_id: contactId }],
    ['user_id', { intercom_user_id: undefined, user_id: 'customer-70' }],
    ['email', { intercom_user_id: undefined, email: 'ada@EXAMPLE.com' }],
  ])('200 by %s', async (_, reference) => {
    const { status, body } = await reply({ ...byUser, ...reference });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      part_type: 'comment',
      body: '<p>Thanks again :)</p>',
      author: { id: contactId, type: 'user', name: 'Ada Byron', email: 'Ada@example.com' },
    });
    expect((await desk.read(id)).ticket_parts?.ticket_parts[1]).toEqual(body);
  });

  test('200 by a lead without a name', async () => {
    const { body } = await reply({ ...byUser, intercom_user_id: otherContactId });
    expect(body.author).toEqual({ id: otherContactId, type: 'user', name: null, email: 'lead@example.com' });
  });

  test('400 parameter_mismatch on a back-office ticket', async () => {
    id = await desk.newTicket('Back-office');
    for (const version of ['2.10', '2.11']) {
      refused(await reply(byUser, inVersion(version)), 400, {
        code: 'parameter_mismatch',
        message: 'User replies are not allowed on Backoffice tickets',
      });
    }
  });

  test.each(['note', 'quick_reply'])('400 parameter_invalid for a %s', async (message_type) => {
    refused(await reply({ ...byUser, message_type }), 400, { code: 'parameter_invalid', field: 'message_type' });
  });

  test('400 for a contact named in no way, or in two', async () => {
    refused(await reply({ ...byUser, intercom_user_id: undefined }), 400, missing('intercom_user_id'));
    refused(await reply({ ...byUser, email: 'ada@example.com' }), 400, { code: 'parameter_invalid' });
  });

  test.each([
    { intercom_user_id: '667d61a68a68186f43bafe85' },
    { intercom_user_id: '801' },
    { intercom_user_id: undefined, user_id: 'customer-of-others' },
    { intercom_user_id: undefined, email: 'nobody@example.com' },
  ])('404 not_found for %j', async (reference) => {
    refused(await reply({ ...byUser, ...reference }), 404, { code: 'not_found', message: 'Resource Not Found' });
  });
});

describe('POST /tickets/{id}/reply in 2.9', () => {
  const old = inVersion('2.9');

  test('200 for a note, with or without saying so', async () => {
    const asked = { admin_id: '802', body: 'A note' };
    for (const body of [asked, { ...asked, message_type: 'note' }, { ...asked, type: 'admin', message_type: 'note' }]) {
      expect((await reply(body, old)).body).toMatchObject({ part_type: 'note', body: '<p>A note</p>' });
    }
  });

  test('400 for anything else', async () => {
    refused(await reply(byAdmin, old), 400, { code: 'parameter_invalid', field: 'message_type' });
    refused(await reply({ ...byUser, message_type: 'note' }, old), 400, { code: 'parameter_invalid', field: 'type' });
    refused(await reply({ body: 'x' }, old), 400, missing('admin_id'));
  });
});

test('of more than 500 parts the newest are read, in order, with the number of all', async () => {
  await desk.database.executeSql(
    `insert into ticket_parts (workspace_id, ticket_id, part_type, body, author_type, author_id, created_at, updated_at)
     select 'dk4m2x9q', $1::bigint, 'comment', 'part ' || n, case when n % 2 = 0 then 'admin' else 'user' end,
       case when n % 2 = 0 then '803' else $2 end, $3::bigint + (600 - n) / 3, $3::bigint
     from generate_series(1, 600) n`,
    [Number(id), contactId, startOfTime],
  );
  const { ticket_parts } = await desk.read(id);
  expect(ticket_parts?.total_count).toBe(601);
  // Three have the same time each; the later an id, the earlier its time.
  const later = (n: number) => Math.floor((600 - n) / 3);
  const inOrder = Array.from({ length: 600 }, (_, index) => index + 1).sort((a, b) => later(a) - later(b) || a - b);
  expect(ticket_parts?.ticket_parts.map(({ body }) => body)).toEqual(inOrder.slice(-500).map((n) => `part ${n}`));
  expect(ticket_parts?.ticket_parts.slice(-2)).toMatchObject([
    { body: 'part 2', author: { id: '803', name: 'Aoife Brannigan' } },
    { body: 'part 3', author: { id: contactId, name: 'Ada Byron' } },
  ]);
});
