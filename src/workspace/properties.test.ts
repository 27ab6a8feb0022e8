import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorList } from '#contract/errors.ts';
import { operations } from '#contract/operations.ts';
import { type Asked, openTestWorkspace, type TestWorkspace } from './testing.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

async function expectSoundAnswer(method: string, path: string, asked: Asked): Promise<void> {
  const answer = await workspace.ask<unknown>(method, path, asked);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers.get('X-Request-Id')).toBeTruthy();
  if (method === 'HEAD') return;
  if (answer.status !== 200) {
    expect(errorList.parse(answer.body).request_id).toBe(answer.headers.get('X-Request-Id'));
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
  ...['constructor', 'order', 'default', 'toString'],
];
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
  fc.dictionary(fc.oneof(fc.constantFrom(...names), text), value, { maxKeys: 12 }),
  fc.jsonValue({ maxDepth: 4 }),
);
const operation = fc.constantFrom(...Object.values(operations));

test('any body on any operation is answered soundly', async () => {
  await fc.assert(
    fc.asyncProperty(operation, body, async ({ method, path }, sent) => {
      const filled = path.replace('{ticket_type_id}', '1201').replace(/\{\w+\}/g, '5003');
      await expectSoundAnswer(method, filled, method === 'GET' ? {} : { body: sent });
    }),
    { numRuns: 300 },
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
  const segment = fc.oneof(fc.constantFrom('ticket_types', 'attributes', 'teams', 'admins', 'me', '', '.', '..'), id);
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
