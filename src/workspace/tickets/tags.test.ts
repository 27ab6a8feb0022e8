import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Tag, tag } from '#contract/tags.ts';
import { type Asked, startOfTime } from '../testing.ts';
import { inVersion, openTestTickets, refused, type TestTickets } from './testing.ts';

let desk: TestTickets;
let id: string;
let tagId: string;
beforeAll(async () => {
  desk = await openTestTickets();
  tagId = (await desk.ask<Tag>('POST', '/tags', { body: { name: 'Manual tag' } })).body.id;
});
beforeEach(async () => {
  desk.time.now = startOfTime;
  id = await desk.newTicket();
});
afterAll(() => desk.close());

const attach = (body: object, asked: Asked = {}) => desk.ask<Tag>('POST', `/tickets/${id}/tags`, { body, ...asked });
const detach = (of: string, body: object, asked: Asked = {}) =>
  desk.ask<Tag>('DELETE', `/tickets/${id}/tags/${of}`, { body, ...asked });
const unavailable = {
  code: 'intercom_version_invalid',
  message: 'Requested resource is not available in current API version',
};

describe('POST /tickets/{id}/tags', () => {
  test('200 with the tag, when it was put there and by whom', async () => {
    desk.time.now += 3;
    const { status, body } = await attach({ id: Number(tagId), admin_id: 803 });
    expect(status).toBe(200);
    expect(tag.parse(body)).toEqual(body);
    expect(Object.entries(body)).toEqual(
      Object.entries({
        type: 'tag',
        id: tagId,
        name: 'Manual tag',
        applied_at: startOfTime + 3,
        applied_by: { type: 'admin', id: '803' },
      }),
    );
    expect(await desk.read(id)).toMatchObject({
      updated_at: startOfTime + 3,
      tags: { type: 'tag.list', tags: [body] },
      ticket_parts: { total_count: 1 },
    });
  });

  test('200 once more with what was there before', async () => {
    const first = (await attach({ id: tagId, admin_id: '803' })).body;
    const before = await desk.read(id);
    desk.time.now += 60;
    expect((await attach({ id: tagId, admin_id: '804' })).body).toEqual(first);
    expect(await desk.read(id)).toEqual(before);
  });

  test('404 tag_not_found for a tag that is not there', async () => {
    for (const unknown of ['1', 'x', '\u0001']) {
      refused(await attach({ id: unknown, admin_id: '803' }), 404, { code: 'tag_not_found', message: 'Tag not found' });
    }
    const other = await desk.ask<Tag>('POST', '/tags', { body: { name: 'Theirs' }, token: desk.otherToken });
    refused(await attach({ id: other.body.id, admin_id: '803' }), 404, { code: 'tag_not_found' });
  });

  test('404 ticket_not_found before anything else', async () => {
    id = '1';
    refused(await attach({ id: 'x', admin_id: 'x' }), 404, { code: 'ticket_not_found', message: 'Ticket not found' });
  });

  test('404 admin_not_found, 400 without an admin or a tag', async () => {
    refused(await attach({ id: tagId, admin_id: '1' }), 404, { code: 'admin_not_found' });
    refused(await attach({ id: tagId }), 400, { code: 'parameter_not_found', field: 'admin_id' });
    refused(await attach({ admin_id: '803' }), 400, { code: 'parameter_not_found', field: 'id' });
  });

  test('400 intercom_version_invalid in 2.9', async () => {
    refused(await attach({ id: tagId, admin_id: '803' }, inVersion('2.9')), 400, unavailable);
    expect((await attach({ id: tagId, admin_id: '803' }, inVersion('2.10'))).status).toBe(200);
  });
});

describe('DELETE /tickets/{id}/tags/{tag_id}', () => {
  test('200 with the tag as it was, which is gone then', async () => {
    const applied = (await attach({ id: tagId, admin_id: '803' })).body;
    desk.time.now += 9;
    const { status, body } = await detach(tagId, { admin_id: '804' });
    expect([status, body]).toEqual([200, applied]);
    expect(await desk.read(id)).toMatchObject({ updated_at: startOfTime + 9, tags: { tags: [] } });
    refused(await detach(tagId, { admin_id: '804' }), 404, { code: 'tag_not_found' });
  });

  test('404 for a tag that is not there, 400 without an admin or in 2.9', async () => {
    for (const unknown of ['1', 'x']) {
      refused(await detach(unknown, { admin_id: '803' }), 404, { code: 'tag_not_found' });
    }
    await attach({ id: tagId, admin_id: '803' });
    refused(await detach(tagId, {}), 400, { code: 'parameter_not_found', field: 'admin_id' });
    refused(await detach(tagId, { admin_id: '1' }), 404, { code: 'admin_not_found' });
    refused(await detach(tagId, { admin_id: '803' }, inVersion('2.9')), 400, unavailable);
    expect((await desk.read(id)).tags?.tags).toHaveLength(1);
    id = '1';
    refused(await detach(tagId, { admin_id: '803' }), 404, { code: 'ticket_not_found' });
  });
});

test('one ticket in 2.9, 2.10 and 2.11 differs only as the versions do', async () => {
  await attach({ id: tagId, admin_id: '803' });
  await desk.update(id, { snoozed_until: startOfTime + 60, ticket_attributes: { _default_title_: 'x' } });
  const [oldest, older, newest] = await Promise.all(
    ['2.9', '2.10', '2.11'].map((version) => desk.read(id, inVersion(version))),
  );
  expect(older).toEqual(newest);
  const { open: _, snoozed_until: __, linked_objects: ___, category: ____, ...common } = { ...newest };
  const { category: _____, ...ticket_type } = { ...newest?.ticket_type };
  const [contact] = newest?.contacts.contacts ?? [];
  expect(oldest).toEqual({
    ...common,
    ticket_type,
    contacts: { type: 'contact.list', contacts: [{ id: contact?.id, role: 'user' }] },
  });
});
