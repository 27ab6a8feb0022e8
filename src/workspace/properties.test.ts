import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorList } from '#contract/errors.ts';
import { operations } from '#contract/operations.ts';
import { type Asked, openTestWorkspace, type TestWorkspace } from './testing.ts';

let workspace: TestWorkspace;
let ticketId: string;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  const body = { ticket_type_id: '1201', contacts: [{ email: 'someone@example.com' }] };
  const type = await workspace.ask<{ id: string }>('POST', '/ticket_types', { body: { name: 'Type' } });
  const ticket = await workspace.ask<{ id: string }>('POST', '/tickets', {
    body: { ...body, ticket_type_id: type.body.id },
  });
  ticketId = ticket.body.id;
});
afterAll(() => workspace.close());

async function expectSoundAnswer(method: string, path: string, asked: Asked): Promise<void> {
  const answer = await workspace.ask<unknown>(method, path, asked);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers.get('X-Request-Id')).toBeTruthy();
  if (method === 'HEAD') return;
  if (answer.status !== 200) {
    const { request_id, errors } = errorList.parse(answer.body);
    // Of parameters that it does not know, the API complains without naming the request.
    expect(request_id).toBe(errors[0]?.code === 'bad_request' ? null : answer.headers.get('X-Request-Id'));
  }
}

const spice = fc.constantFrom(
  "' or 1=1 --",
  '%00',
  '..',
  '__proto__',
  'constructor',
  '1e309',
  '9223372036854775808',
  '\u0000',
  '\ud800',
  '🎟️',
  '_default_title_',
  '<img src=x onerror=alert(1)>',
);
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 300 }), spice);
const id = fc.oneof(fc.constantFrom('1201', '1202', '5003', '5004', '61', '801', '0', '-1'), text);
const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD');
const value = fc.oneof(
  { depthSize: 'small' },
  text,
  fc.boolean(),
  fc.double(),
  fc.constant(null),
  fc.array(text, { maxLength: 3 }),
  fc.jsonValue({ maxDepth: 3 }),
);
const names = [
  ...['name', 'description', 'icon', 'is_internal', 'category', 'archived', 'data_type', 'list_items', 'multiline'],
  ...['allow_multiple_values', 'required_to_create', 'visible_to_contacts', 'id', 'workspace_id', '__proto__'],
  ...['constructor', 'order', 'default', 'toString', 'ticket_attributes', 'contacts', 'assignment', 'state', 'open'],
  ...['snoozed_until', 'message_type', 'type', 'admin_id', 'body', 'attachment_urls', 'reply_options', 'created_at'],
];
const known = (...values: unknown[]) => fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, value);
const attributes = fc.dictionary(fc.oneof(fc.constantFrom('_default_title_', '_DEFAULT_description_'), text), value, {
  maxKeys: 3,
});
/** Mostly right for tickets, their replies and their tags. */
const fittingTicket = {
  ticket_type_id: known('1201', 1202),
  contacts: fc.oneof(
    fc.constant([{ email: 'someone@example.com' }]),
    fc.array(fc.dictionary(fc.oneof(fc.constantFrom('id', 'email', 'external_id'), text), value), { maxLength: 2 }),
  ),
  company_id: text,
  ticket_attributes: attributes,
  state: known('in_progress', 'resolved', 'submitted'),
  open: known(true, false),
  is_shared: known(true, false),
  snoozed_until: known(0, 1, 4_000_000_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
  assignment: fc.oneof(fc.record({ admin_id: known('801', 802), assignee_id: known('0', '803', '62') }), value),
  message_type: known('comment', 'note', 'quick_reply'),
  type: known('admin', 'user'),
  admin_id: known('801'),
  email: known('someone@example.com'),
  body: text,
  reply_options: fc.oneof(fc.constant([{ text: 'x', uuid: '22d6d1f4-1a19-41d0-94c2-e54031f78aca' }]), value),
  attachment_urls: fc.oneof(fc.array(fc.oneof(fc.webUrl(), text), { maxLength: 3 }), value),
  cross_post: known(true, false),
  created_at: known(0, 1_700_000_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
  id: known('1'),
};
/** Mostly right, so that more than the first check of a handler is reached. */
const fitting = {
  name: text,
  description: text,
  icon: fc.constantFrom('🐛', '👨‍👩‍👧', '🇳🇱', 'x', ''),
  is_internal: fc.boolean(),
  category: fc.constantFrom('Customer', 'Back-office', 'Tracker'),
  archived: fc.boolean(),
  data_type: fc.constantFrom('string', 'list', 'integer', 'decimal', 'boolean', 'datetime', 'files'),
  list_items: fc.oneof(
    text,
    fc.array(fc.string({ maxLength: 5 })).map((items) => items.join(',')),
  ),
  multiline: fc.boolean(),
  allow_multiple_values: fc.boolean(),
  required_to_create: fc.boolean(),
};
const body = fc.oneof(
  fc.record(fitting, { requiredKeys: ['name', 'description', 'data_type'] }),
  fc.record(fitting, { requiredKeys: [] }),
  fc.record(fittingTicket, {
    requiredKeys: ['ticket_type_id', 'contacts', 'message_type', 'type', 'admin_id', 'body'],
  }),
  fc.record(fittingTicket, { requiredKeys: [] }),
  fc.dictionary(fc.oneof(fc.constantFrom(...names), text), value, { maxKeys: 12 }),
  fc.jsonValue({ maxDepth: 4 }),
);
const operation = fc.constantFrom(...Object.values(operations));

test('any body on any operation is answered soundly', async () => {
  await fc.assert(
    fc.asyncProperty(operation, body, async ({ method, path }, sent) => {
      const filled = path
        .replace('{ticket_type_id}', '1201')
        .replace('{ticket_id}', ticketId)
        .replace(/\{\w+\}/g, '5003');
      await expectSoundAnswer(method, filled, method === 'GET' ? {} : { body: sent });
    }),
    { numRuns: 300 },
  );
});

test('any body on a ticket, in any version, is answered soundly', async () => {
  const ticketOperations = [
    operations.createTicket,
    operations.updateTicket,
    operations.replyTicket,
    operations.attachTagToTicket,
    operations.detachTagFromTicket,
  ];
  const versions = fc.constantFrom('2.9', '2.10', '2.11');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ticketOperations), versions, body, async ({ method, path }, version, sent) => {
      const filled = path.replace('{ticket_id}', ticketId).replace('{tag_id}', '1');
      await expectSoundAnswer(method, filled, { body: sent, headers: { 'Intercom-Version': version } });
    }),
    { numRuns: 400 },
  );
});

test('any id, query and version on any operation is answered soundly', async () => {
  const query = fc.dictionary(fc.oneof(fc.constant('display_avatar'), text), text, { maxKeys: 4 });
  await fc.assert(
    fc.asyncProperty(operation, fc.array(id, { minLength: 2, maxLength: 2 }), query, async (one, ids, sent) => {
      const left = [...ids];
      const path = one.path.replace(/\{\w+\}/g, () => encodeURIComponent((left.pop() ?? '').toWellFormed()));
      const search = new URLSearchParams(sent).toString();
      await expectSoundAnswer(one.method, `${path}?${search}`, one.method === 'GET' ? {} : { body: { name: 'x' } });
    }),
    { numRuns: 300 },
  );
});

test('any path and method is answered soundly', async () => {
  const segment = fc.oneof(
    fc.constantFrom('ticket_types', 'attributes', 'teams', 'admins', 'me', 'tickets', 'reply', 'tags', '', '.', '..'),
    id,
  );
  await fc.assert(
    fc.asyncProperty(method, fc.array(segment, { maxLength: 6 }), fc.boolean(), async (verb, segments, encoded) => {
      const parts = segments.map((part) => (encoded ? encodeURIComponent(part.toWellFormed()) : part));
      await expectSoundAnswer(verb, `http://workspace.test/${parts.join('/')}`, {});
    }),
    { numRuns: 200 },
  );
});

test('any header and raw body is answered soundly', async () => {
  const latin = fc.string({ unit: fc.constantFrom(...'aZ09 ;,:="/\\%+\u00e9\u00ff.-'), maxLength: 40 });
  const headers = fc.dictionary(
    fc.constantFrom(
      ...['Authorization', 'Intercom-Version', 'Content-Type', 'Content-Encoding', 'Content-Length'],
      ...['If-Unmodified-Since', 'Accept', 'X-Forwarded-For', 'X-Request-Id', 'Transfer-Encoding'],
    ),
    fc.oneof(latin, fc.constantFrom('Bearer test-token', 'gzip', '2.9', 'Sun, 06 Nov 1994 08:49:37 GMT', '-1', '1e9')),
    { maxKeys: 4 },
  );
  const rawBody = fc.oneof(
    fc.uint8Array({ maxLength: 60 }).map((bytes) => new Uint8Array(bytes)),
    text,
    fc.json(),
  );
  await fc.assert(
    fc.asyncProperty(operation, headers, rawBody, async (one, sent, raw) => {
      const path = one.path.replace(/\{\w+\}/g, '1201');
      await expectSoundAnswer(one.method, path, { headers: sent, ...(one.method === 'GET' ? {} : { rawBody: raw }) });
    }),
    { numRuns: 300 },
  );
});

test('any body and any filter on contacts, companies and tags is answered soundly', async () => {
  const created = async (path: string, sent: object) =>
    (await workspace.ask<{ id: string }>('POST', path, { body: sent })).body.id;
  const contact = await created('/contacts', { external_id: 'contact' });
  const company = await created('/companies', { company_id: 'company' });
  const tag = await created('/tags', { name: 'Tag' });
  const item = fc.record(
    {
      id: known(contact, company),
      user_id: known('contact'),
      company_id: known('company'),
      email: text,
      untag: known(true, false),
    },
    { requiredKeys: [] },
  );
  const fittingPeople = fc.record(
    {
      role: known('user', 'lead'),
      external_id: text,
      email: known('someone@example.com', ''),
      name: text,
      phone: text,
      avatar: known('https://example.com/a.png', ''),
      owner_id: known(801, '803', -1, Number.MAX_SAFE_INTEGER),
      signed_up_at: known(0, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
      unsubscribed_from_emails: known(true, null),
      custom_attributes: fc.dictionary(fc.oneof(text, fc.constant('__proto__')), fc.oneof(text, fc.double(), value)),
    },
    { requiredKeys: ['role'] },
  );
  const fittingCompany = fc.record(
    {
      company_id: known('company'),
      name: text,
      plan: text,
      size: known(0, 2_147_483_647, 2_147_483_648),
      monthly_spend: known(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, null),
      remote_created_at: known(Number.MAX_SAFE_INTEGER),
      custom_attributes: fc.dictionary(text, value),
    },
    { requiredKeys: [] },
  );
  const fittingTag = fc.record(
    {
      name: fc.oneof(text, fc.constant('Tag')),
      id: known(tag),
      companies: fc.array(item, { maxLength: 3 }),
      users: fc.array(item),
    },
    { requiredKeys: ['name'] },
  );
  const calls = fc.oneof(
    fc.tuple(fc.constant('POST'), fc.constant('/contacts'), fittingPeople),
    fc.tuple(fc.constant('PUT'), fc.constant(`/contacts/${contact}`), fittingPeople),
    fc.tuple(fc.constant('POST'), fc.constant('/companies'), fittingCompany),
    fc.tuple(fc.constant('POST'), fc.constant('/tags'), fittingTag),
  );
  await fc.assert(
    fc.asyncProperty(calls, ([verb, path, sent]) => expectSoundAnswer(verb, path, { body: sent })),
    { numRuns: 300 },
  );
  const filter = fc.constantFrom('per_page', 'starting_after', 'page', 'name', 'company_id', 'tag_id', 'segment_id');
  const position = fc
    .array(value, { maxLength: 4 })
    .map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url'));
  const filters = fc.dictionary(filter, fc.oneof(text, position, fc.integer().map(String)), { maxKeys: 3 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('/contacts', '/companies'), filters, (path, sent) =>
      expectSoundAnswer('GET', `${path}?${new URLSearchParams(sent)}`, {}),
    ),
    { numRuns: 200 },
  );
});
