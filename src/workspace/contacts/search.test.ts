import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchContacts } from '#contract/contacts.ts';
import { segments } from '../segments/tables.ts';
import { contactTags, tags } from '../tags/tables.ts';
import { openTestWorkspace, type TestWorkspace } from '../testing.ts';
import { insertContact } from './store.ts';

let desk: TestWorkspace;
/** Midnight in Amsterdam, where the demo workspace is: 22:00 the day before in UTC, as it is summer. */
const midnight = Date.UTC(2026, 5, 9, 22) / 1000;
const day = 86_400;
const ids = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(24));
const [first = '', second = '', third = '', fourth = ''] = ids;
beforeAll(async () => {
  desk = await openTestWorkspace({ seed: 'demo' });
  const known = { workspace_id: 'dk4m2x9q', role: 'user' } as const;
  const rows = [
    {
      name: 'Éva 100%',
      email: 'Eva@Firm.example',
      signed_up_at: midnight - 1,
      country: 'Österreich',
      details: { ios_device: 'iPad' },
    },
    {
      name: 'Bob',
      signed_up_at: midnight,
      custom_attributes: { plan: 'pro', seats: 12 },
      details: { android_sdk_version: '34' },
    },
    { name: 'Carl', signed_up_at: midnight + day - 1, unsubscribed_from_emails: true, custom_attributes: { seats: 3 } },
    { role: 'lead' as const, email: 'lead@other.example', signed_up_at: midnight + day, owner_id: 802 },
  ];
  for (const [index, row] of rows.entries()) {
    await insertContact(desk.database.db, { ...known, ...row, id: ids[index] ?? '', created_at: midnight + index });
  }
  const tag = { workspace_id: 'dk4m2x9q', created_at: midnight };
  await desk.database.db.insert(tags).values({ ...tag, id: tagId, name: 'VIP', name_key: 'vip' });
  const applied = { workspace_id: 'dk4m2x9q', tag_id: tagId, applied_at: midnight, applied_by: 801 };
  await desk.database.db.insert(contactTags).values([second, fourth].map((contact_id) => ({ ...applied, contact_id })));
  const isTagged = { field: 'tag_id', operator: '=', value: String(tagId) } as const;
  const isPro = { field: 'custom_attributes.plan', operator: '=', value: 'pro' } as const;
  await desk.database.db.insert(segments).values([
    { ...tag, id: proSegment, name: 'Pro', person_type: 'user', rules: isPro, updated_at: midnight },
    { ...tag, id: leadSegment, name: 'VIP leads', person_type: 'contact', rules: isTagged, updated_at: midnight },
    {
      ...tag,
      id: eitherSegment,
      name: 'VIP users, and Carl',
      person_type: 'user',
      rules: { operator: 'OR', value: [isTagged, { field: 'name', operator: '=', value: 'carl' }] },
      updated_at: midnight,
    },
  ]);
});
afterAll(() => desk.close());

const tagId = 90_101;
const [proSegment, leadSegment, eitherSegment] = ['1'.repeat(24), '2'.repeat(24), '3'.repeat(24)];

const found = async (field: string, operator: string, value: unknown) => {
  const query = {
    operator: 'AND',
    value: [
      { field, operator, value },
      { field: 'id', operator: 'IN', value: ids },
    ],
  };
  const sort = { field: 'created_at', order: 'ascending' };
  const answer = await desk.ask('POST', '/contacts/search', { body: { query, sort } });
  expect(answer.status, answer.text).toBe(200);
  return searchContacts.response.parse(answer.body).data.map(({ id }) => id);
};

test.each([
  ['signed_up_at', '=', midnight + 3_600, [second, third]],
  ['signed_up_at', '>', String(midnight), [fourth]],
  ['signed_up_at', '<', midnight + day - 1, [first]],
  ['signed_up_at', '=', null, []],
  ['last_seen_at', '=', null, ids],
  ['name', '~', 'éVA 100%', [first]],
  ['name', '!~', 'o', [first, third, fourth]],
  ['name', '!=', null, [first, second, third]],
  ['email', '=', 'eva@firm.EXAMPLE', [first]],
  ['email_domain', '=', 'other.example', [fourth]],
  ['location.country', '=', 'Österreich', [first]],
  ['role', '=', 'lead', [fourth]],
  ['owner_id', 'IN', ['802'], [fourth]],
  ['unsubscribed_from_emails', '=', true, [third]],
  ['ios_app_device', '^', 'ipa', [first]],
  ['andoid_sdk_version', '=', '34', [second]],
  ['custom_attributes.plan', '=', 'pro', [second]],
  ['custom_attributes.plan', '!=', 'pro', [first, third, fourth]],
  ['custom_attributes.seats', '>', 3, [second]],
  ['custom_attributes.seats', '=', '12', [second]],
  ['tag_id', '=', '1', []],
  ['tag_id', '=', tagId, [second, fourth]],
  ['tag_id', '!=', String(tagId), [first, third]],
  ['segment_id', '=', 'f'.repeat(24), []],
  ['segment_id', '=', proSegment, [second]],
  ['segment_id', '=', leadSegment, [fourth]],
  ['segment_id', '=', eitherSegment, [second, third]],
  ['segment_id', '!=', eitherSegment, [first, fourth]],
])('%s %s %j', async (field, operator, value, expected) => {
  expect(await found(field, operator, value)).toEqual(expected);
});

test.each([
  ['signed_up_at', '!=', 1],
  ['signed_up_at', '>=', 1],
  ['signed_up_at', '<=', 1],
  ['signed_up_at', 'IN', [1]],
  ['signed_up_at', 'NIN', [1]],
  ['signed_up_at', '>', 'yesterday'],
  ['tag_id', 'IN', [1]],
  ['unsubscribed_from_emails', '>', true],
  ['custom_attributes.', '=', 1],
  ['password', '=', 1],
])('400 for %s %s %j', async (field, operator, value) => {
  const answer = await desk.ask('POST', '/contacts/search', { body: { query: { field, operator, value } } });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ code: 'parameter_invalid' }] } });
});
