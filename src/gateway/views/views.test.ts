import { beforeEach, describe, expect, test } from 'vitest';
import { errorList } from '#contract/errors.ts';
import { type Role, roles } from '#contract/gateway/roles.ts';
import { listViews, type SavedView, savedView, viewLimits } from '#contract/gateway/views.ts';
import { emptyTables } from '#database/testing.ts';
import { activity } from '../activity/tables.ts';
import { people } from '../auth/tables.ts';
import { gatewayOn, recordingUpstream, testDatabase } from '../testing.gateway.ts';
import { fromOwnPage } from '../testing.ts';

const { upstream } = recordingUpstream();
const app = gatewayOn(upstream);

/** Someone of Deskbell's people, and their requests. */
async function person(id: string, held: Role[] = ['agent']) {
  const name = `Person ${id}`;
  const email = `${id}@example.com`;
  await testDatabase.db.insert(people).values({ id, name, email, roles: held });
  const caller = { id, name, email, roles: held, secondFactor: false, sessionId: 'none' };
  const ask = (method: string, path: string, body?: unknown) => {
    const init = { method, headers: fromOwnPage, body: body === undefined ? null : JSON.stringify(body) };
    return app.request(path, init, { caller });
  };
  return {
    ask,
    create: async (body: object = {}): Promise<SavedView> => {
      const response = await ask('POST', '/gateway/views', { ...view, ...body });
      expect(response.status).toBe(200);
      return savedView.parse(await response.json());
    },
    list: async () => {
      const response = await ask('GET', '/gateway/views?screen=tickets');
      return listViews.response.parse(await response.json()).data;
    },
  };
}

const view = { screen: 'tickets', name: 'Mine', is_shared: false, state: { q: 'parcel', sort: '-updated_at' } };

const refusalOf = async (response: Response) => {
  const [error] = errorList.parse(await response.json()).errors;
  return [response.status, error?.code, ...(error?.field ? [error.field] : [])];
};
const names = (views: SavedView[]) => views.map(({ name }) => name);
const logged = () => testDatabase.db.select().from(activity).orderBy(activity.id);

beforeEach(() => emptyTables(testDatabase));

describe('a saved view', () => {
  test('comes back as it was saved', async () => {
    const ada = await person('ada');
    const made = await ada.create({ name: ' Late parcels ' });
    expect(made).toMatchObject({
      ...view,
      name: 'Late parcels',
      owner: { id: 'ada', name: 'Person ada' },
      may_change: true,
    });
    expect(await ada.list()).toEqual([made]);
  });

  test('is seen by its owner only, until it is shared', async () => {
    const [ada, bo] = [await person('ada'), await person('bo', [...roles])];
    const own = await ada.create({ name: 'Own' });
    const shared = await ada.create({ name: 'Shared', is_shared: true });
    expect(names(await ada.list())).toEqual(['Own', 'Shared']);
    expect(names(await bo.list())).toEqual(['Shared']);
    for (const [method, body] of [
      ['PUT', { name: 'x' }],
      ['DELETE', undefined],
    ] as const) {
      expect(await refusalOf(await bo.ask(method, `/gateway/views/${own.id}`, body))).toEqual([404, 'not_found']);
    }
    await ada.ask('PUT', `/gateway/views/${shared.id}`, { is_shared: false });
    expect(await bo.list()).toEqual([]);
    expect(names(await ada.list())).toEqual(['Own', 'Shared']);
  });

  test('that is shared can be changed by its owner and by admins', async () => {
    const ada = await person('ada');
    const { id } = await ada.create({ is_shared: true });
    for (const [name, held, may] of [
      ['agent', ['agent'], false],
      ['manager', ['manager'], false],
      ['admin', ['admin'], true],
      ['owner', ['owner'], true],
    ] as const) {
      const other = await person(name, [...held]);
      const answer = await other.ask('PUT', `/gateway/views/${id}`, { name: `Changed by ${name}` });
      expect((await other.list())[0]?.may_change).toBe(may);
      if (may) expect(await answer.json()).toMatchObject({ name: `Changed by ${name}`, owner: { id: 'ada' } });
      else expect(await refusalOf(answer)).toEqual([403, 'role_required']);
    }
    expect(await (await ada.ask('DELETE', `/gateway/views/${id}`)).json()).toEqual({ type: 'done' });
    expect(await ada.list()).toEqual([]);
  });

  test('is changed in what is sent, and in nothing else', async () => {
    const [ada] = [await person('ada'), await person('bo')];
    const { id } = await ada.create();
    const body = { name: 'Renamed', id: 'other', person_id: 'bo', owner: { id: 'bo' }, screen: 'people' };
    const answer = await ada.ask('PUT', `/gateway/views/${id}`, body);
    expect(await answer.json()).toMatchObject({ ...view, id, name: 'Renamed', owner: { id: 'ada' } });
    expect(await ada.list()).toEqual([expect.objectContaining({ id, name: 'Renamed', state: view.state })]);
  });

  test('is in the log where it is shared, and nowhere else', async () => {
    const ada = await person('ada');
    const { id } = await ada.create();
    await ada.ask('PUT', `/gateway/views/${id}`, { name: 'Still mine' });
    expect(await logged()).toEqual([]);
    await ada.ask('PUT', `/gateway/views/${id}`, { is_shared: true });
    await ada.ask('DELETE', `/gateway/views/${id}`);
    expect(await logged()).toMatchObject([
      {
        operation: 'updateView',
        person_id: 'ada',
        object: `/views/${id}`,
        object_name: 'Still mine',
        changes: [{ field: 'is_shared', before: false, after: true }],
      },
      { operation: 'deleteView', object: `/views/${id}`, object_name: 'Still mine' },
    ]);
  });
});

describe('what is refused', () => {
  test.each([
    ['no name', { name: ' ' }, 'name'],
    ['a long name', { name: 'x'.repeat(viewLimits.name + 1) }, 'name'],
    ['a name that cannot be stored', { name: 'a\u0000b' }, 'name'],
    ['a screen that there is not', { screen: 'secrets' }, 'screen'],
    ['a state that is none', { state: ['q'] }, 'state'],
    ['a state of more than text', { state: { q: { a: 1 } } }, 'state'],
    ['a long state', { state: { q: 'x'.repeat(viewLimits.state + 1) } }, 'state'],
    [
      'a state of many parts',
      { state: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, ''])) },
      'state',
    ],
  ])('400 for %s', async (_, body, field) => {
    const ada = await person('ada');
    const answer = await ada.ask('POST', '/gateway/views', { ...view, ...body });
    expect(await refusalOf(answer)).toEqual([400, 'parameter_invalid', field]);
    expect(await ada.list()).toEqual([]);
  });

  test('409 for one view more than a person may have, also when two are made at once', async () => {
    const [ada, bo] = [await person('ada'), await person('bo')];
    for (let made = 0; made < viewLimits.perPerson - 1; made += 1) await ada.create();
    const last = await Promise.all([1, 2, 3].map(() => ada.ask('POST', '/gateway/views', view)));
    expect(last.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(await ada.list()).toHaveLength(viewLimits.perPerson);
    await bo.create();
  });
});
