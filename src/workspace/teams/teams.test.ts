import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Team, team } from '#contract/teams.ts';
import { openTestWorkspace, type TestWorkspace } from '../testing.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

const customerCare = {
  type: 'team',
  id: '61',
  name: 'Customer care',
  admin_ids: [801, 802, 803, 804, 805],
  admin_priority_level: { primary_admin_ids: [802, 803, 804, 805], secondary_admin_ids: [801] },
};

describe('GET /teams', () => {
  test('200 with every team in order of id', async () => {
    const { status, body } = await workspace.ask<{ type: string; teams: Team[] }>('GET', '/teams');
    expect([status, body.type]).toEqual([200, 'team.list']);
    expect(body.teams.map(({ id }) => id)).toEqual(['61', '62', '63', '64', '65']);
    expect(body.teams[0]).toEqual(customerCare);
  });

  test('200 with nothing of another workspace', async () => {
    const { body } = await workspace.ask('GET', '/teams', { token: workspace.otherToken });
    expect(body).toEqual({ type: 'team.list', teams: [] });
  });
});

describe('GET /teams/{id}', () => {
  test('200 with the team, integers for the ids of its admins', async () => {
    const { status, body } = await workspace.ask<Team>('GET', '/teams/61');
    expect([status, body]).toEqual([200, customerCare]);
    expect(team.parse(body)).toEqual(body);
  });

  test.each(['1', 'abc', '-61', '61.5', '9'.repeat(30)])('404 for the id %s', async (id) => {
    const { status, body } = await workspace.ask('GET', `/teams/${id}`);
    expect([status, body.errors]).toEqual([404, [{ code: 'team_not_found', message: 'Team not found' }]]);
  });

  test('404 for a team of another workspace', async () => {
    expect((await workspace.ask('GET', '/teams/61', { token: workspace.otherToken })).status).toBe(404);
  });
});
