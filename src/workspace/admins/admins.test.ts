import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Admin, admin, identifyAdmin } from '#contract/admins.ts';
import { openTestWorkspace, startOfTime, type TestWorkspace } from '../testing.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  await workspace.database.executeSql(`update admins set avatar_url = 'https://img.example/803.png' where id = 803`);
});
afterAll(() => workspace.close());

const aoife = {
  type: 'admin',
  id: '803',
  name: 'Aoife Brannigan',
  email: 'aoife@fennelandoak.example',
  job_title: 'Support Specialist',
  away_mode_enabled: false,
  away_mode_reassign: false,
  has_inbox_seat: true,
  team_ids: [61, 62],
};
const image = 'https://img.example/803.png';
const inVersion = (version: string) => ({ headers: { 'Intercom-Version': version } });

describe('GET /me', () => {
  test('200 with the admin of the token and the workspace as app', async () => {
    const { status, body } = await workspace.ask('GET', '/me');
    expect(status).toBe(200);
    expect(identifyAdmin.response.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      type: 'admin',
      id: '801',
      email_verified: true,
      avatar: { type: 'avatar', image_url: null },
      app: {
        type: 'app',
        id_code: 'dk4m2x9q',
        name: 'Fennel & Oak',
        secure: false,
        identity_verification: false,
        timezone: 'Europe/Amsterdam',
        region: 'EU',
      },
    });
  });

  test('200 with the other workspace for its own token', async () => {
    const { body } = await workspace.ask('GET', '/me', { token: workspace.otherToken });
    expect(body).toMatchObject({ id: '901', app: { id_code: 'w0other1', created_at: startOfTime } });
  });
});

describe('GET /admins', () => {
  const list = (path: string, asked = {}) => workspace.ask<{ type: string; admins: Admin[] }>('GET', path, asked);

  test('200 with every admin in order of id, without avatars', async () => {
    const { status, body } = await list('/admins');
    expect([status, body.type, body.admins.length]).toEqual([200, 'admin.list', 12]);
    expect(body.admins[2]).toEqual(aoife);
    const order = 'type id name email job_title away_mode_enabled away_mode_reassign has_inbox_seat team_ids';
    expect(Object.keys(body.admins[0] ?? {})).toEqual(order.split(' '));
    expect(body.admins.filter(({ away_mode_enabled }) => away_mode_enabled)).toHaveLength(2);
  });

  test.each([
    ['2.11', { type: 'avatar', image_url: image }, { type: 'avatar', image_url: null }],
    ['2.10', image, null],
    ['2.9', image, null],
  ])('200 with avatars on request, as %s has them', async (version, avatar, none) => {
    const { body } = await list('/admins?display_avatar=true', inVersion(version));
    expect([body.admins[2]?.avatar, body.admins[0]?.avatar]).toEqual([avatar, none]);
    expect((await list('/admins?display_avatar=false', inVersion(version))).body.admins[2]).toEqual(aoife);
  });

  test('400 for a display_avatar that is neither', async () => {
    const { status, body } = await workspace.ask('GET', '/admins?display_avatar=maybe');
    const message = 'display_avatar is invalid';
    expect([status, body.errors]).toEqual([400, [{ code: 'parameter_invalid', message, field: 'display_avatar' }]]);
  });

  test('200 with nobody of another workspace', async () => {
    const { body } = await list('/admins', { token: workspace.otherToken });
    expect(body.admins.map(({ id }) => id)).toEqual(['901']);
  });
});

describe('GET /admins/{id}', () => {
  test('200 with the admin', async () => {
    const { status, body } = await workspace.ask<Admin>('GET', '/admins/803');
    expect([status, body]).toEqual([200, aoife]);
    expect(admin.parse(body)).toEqual(body);
  });

  test('200 with the avatar as a text before 2.11', async () => {
    const { body } = await workspace.ask('GET', '/admins/803', inVersion('2.10'));
    expect(body).toEqual({ ...aoife, avatar: image });
  });

  test.each(['1', 'me', '0803'])('404 for the id %s', async (id) => {
    const { status, body } = await workspace.ask('GET', `/admins/${id}`);
    expect([status, body.errors]).toEqual([404, [{ code: 'admin_not_found', message: 'Admin not found' }]]);
  });

  test('404 for an admin of another workspace', async () => {
    expect((await workspace.ask('GET', '/admins/901')).status).toBe(404);
  });
});
