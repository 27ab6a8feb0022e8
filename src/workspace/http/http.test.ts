import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorList } from '#contract/errors.ts';
import { operations } from '#contract/operations.ts';
import type { TicketType } from '#contract/ticket-types.ts';
import { openTestWorkspace, startOfTime, type TestWorkspace } from '../testing.ts';
import { maximumBodyBytes } from './body.ts';
import { Refusal } from './refusal.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

function basic(credentials: string): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

async function expectFailure(
  answer: { status: number; headers: Headers; body: unknown },
  status: number,
  error: { code: string; message?: string; field?: string },
): Promise<void> {
  const body = errorList.parse(answer.body);
  expect(answer.status).toBe(status);
  expect(body.errors[0]).toMatchObject(error);
  expect(body.request_id).toBe(answer.headers.get('X-Request-Id'));
  expect(body.request_id).toMatch(/^[0-9a-f-]{36}$/);
}

describe('authentication', () => {
  test.each([
    ['no credentials', {}],
    ['an unknown token', { Authorization: 'Bearer nonsense' }],
    ['an empty token', { Authorization: 'Bearer ' }],
    ['another scheme', { Authorization: 'Digest test-token' }],
    ['basic credentials with a password', basic('test-token:secret')],
    ['basic credentials without a colon', basic('test-token')],
    ['broken basic credentials', { Authorization: 'Basic %%%' }],
    ['a token of 600 characters', { Authorization: `Bearer ${'x'.repeat(600)}` }],
    ['only forwarded identities', { 'X-Forwarded-User': '801', 'X-Remote-User': 'mirjam', 'X-Original-URL': '/me' }],
  ])('401 with %s', async (_, headers) => {
    const answer = await workspace.ask('GET', '/me?admin_id=801&user_id=801', { token: null, headers });
    await expectFailure(answer, 401, { code: 'unauthorized', message: 'Access Token Invalid' });
    expect(answer.headers.get('X-RateLimit-Limit')).toBeNull();
  });

  test.each(Object.values(operations))('401 for $name without a token', async ({ method, path }) => {
    const answer = await workspace.ask(method, path.replace(/\{\w+\}/g, '1201'), {
      token: null,
      ...(method === 'GET' ? {} : { body: { admin_id: '801' } }),
    });
    await expectFailure(answer, 401, { code: 'unauthorized' });
  });

  test.each([
    ['bearer', { Authorization: 'bearer test-token' }],
    ['basic, the token as user name', basic('test-token:')],
  ])('200 with %s', async (_, headers) => {
    expect((await workspace.ask('GET', '/me', { token: null, headers })).status).toBe(200);
  });

  test('401 with a token that was replaced, a few seconds later', async () => {
    const ask = workspace.asking({});
    const replace = (from: string, to: string) =>
      workspace.database.executeSql(
        `update workspaces set token_hash = replace(token_hash, '${from}', '${to}') where id = 'dk4m2x9q'`,
      );
    expect((await ask('GET', '/me')).status).toBe(200);
    await replace('a', '_');
    workspace.time.now += 5;
    expect((await ask('GET', '/me')).status).toBe(401);
    await replace('_', 'a');
  });
});

describe('versions', () => {
  const typeIn = async (version: string) => {
    const headers = { 'Intercom-Version': version };
    return (await workspace.ask<TicketType>('GET', '/ticket_types/1201', { headers })).body;
  };

  test.each(['2.9', '1.0', '2.3'])('200 without category in %s', async (version) => {
    const body = await typeIn(version);
    expect(body).not.toHaveProperty('category');
    expect(body.is_internal).toBe(false);
  });

  test.each(['2.10', '2.11', '2.14', '2.17', 'Preview', 'Unstable'])('200 with category in %s', async (version) => {
    expect(await typeIn(version)).toMatchObject({ category: 'Customer' });
  });

  test.each(['2.18', '3.0', '2.1O', 'latest', '-1', '2.11, 2.9'])('400 for the version %s', async (version) => {
    const answer = await workspace.ask('GET', '/me', { headers: { 'Intercom-Version': version } });
    await expectFailure(answer, 400, { code: 'intercom_version_invalid' });
  });
});

describe('paths and methods', () => {
  test.each(['/', '/nope', '/ticket_types/1201/x', '/me//', '//me', '/ME', '/ticket_types/1201/attributes/1/2'])(
    '404 for %s',
    async (path) => {
      await expectFailure(await workspace.ask('GET', `http://workspace.test${path}`), 404, { code: 'not_found' });
    },
  );

  test.each([
    ['DELETE', '/ticket_types/1201', 'GET, HEAD, PUT'],
    ['POST', '/me', 'GET, HEAD'],
    ['PATCH', '/ticket_types', 'GET, HEAD, POST'],
    ['GET', '/ticket_types/1201/attributes', 'POST'],
    ['OPTIONS', '/teams', 'GET, HEAD'],
    ['POST', '/openapi.json', 'GET, HEAD'],
  ])('405 for %s %s', async (method, path, allowed) => {
    const answer = await workspace.ask(method, path);
    await expectFailure(answer, 405, { code: 'method_not_allowed' });
    expect(answer.headers.get('Allow')).toBe(allowed);
  });

  test('405 for HEAD where there is nothing to get', async () => {
    const answer = await workspace.ask('HEAD', '/ticket_types/1201/attributes');
    expect([answer.status, answer.text]).toEqual([405, '']);
  });

  test('200 for HEAD, without a body', async () => {
    const answer = await workspace.ask('HEAD', '/ticket_types');
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.headers.get('X-Request-Id')).toBeTruthy();
  });

  test.each(['/me/', '/ticket_types/', '/ticket_types/1201/', '/admins/?display_avatar=true'])(
    '200 for %s with one trailing slash',
    async (path) => {
      expect((await workspace.ask('GET', path)).status).toBe(200);
    },
  );

  test('no answer allows another origin', async () => {
    const headers = { Origin: 'https://elsewhere.example', 'Access-Control-Request-Method': 'GET' };
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await workspace.ask(method, '/me', { headers });
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('a request names itself anew, whatever id it brings', async () => {
    const answer = await workspace.ask('GET', '/nope', { headers: { 'X-Request-Id': 'mine' } });
    await expectFailure(answer, 404, { code: 'not_found' });
  });
});

describe('bodies', () => {
  const create = (rawBody: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>, headers = {}) =>
    workspace.ask('POST', '/ticket_types', { rawBody, headers });
  const chunks = (number: number, bytes: number) => {
    let left = number;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        left -= 1;
        if (left < 0) controller.close();
        else controller.enqueue(new Uint8Array(bytes).fill(32));
      },
    });
  };

  test.each([
    ['no JSON', '{"name":'],
    ['a form', 'name=Bug&icon=x'],
    ['broken UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ])('400 for %s', async (_, body) => {
    await expectFailure(await create(body), 400, { code: 'parameter_invalid', message: 'Invalid JSON' });
  });

  test.each(['[]', '"text"', '12', 'null', 'true'])('400 for %s, which is no object', async (body) => {
    await expectFailure(await create(body), 400, { code: 'parameter_invalid' });
  });

  test('400 for an empty body where something is required', async () => {
    const message = 'name is a required parameter';
    await expectFailure(await create(''), 400, { code: 'parameter_not_found', message, field: 'name' });
  });

  test('400 for JSON that is 20,000 deep, or has 20,000 keys', async () => {
    const deep = `{"name":"x","more":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    await expectFailure(await create(deep), 400, { code: 'parameter_invalid' });
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, key) => [`key${key}`, key])));
    await expectFailure(await create(wide), 400, { code: 'parameter_invalid' });
  });

  test('200 for brackets in a text, however many', async () => {
    const body = { name: `"\\${'['.repeat(200)}` };
    const answer = await workspace.ask<TicketType>('POST', '/ticket_types', { body });
    expect([answer.status, answer.body.name]).toEqual([200, body.name]);
  });

  test('413 for a body that is too large, by its length or by its chunks', async () => {
    await expectFailure(await create(' '.repeat(maximumBodyBytes + 1)), 413, { code: 'request_too_large' });
    await expectFailure(await create(chunks(6, maximumBodyBytes / 4)), 413, { code: 'request_too_large' });
    await expectFailure(await create('{}', { 'Content-Length': '6000000' }), 413, { code: 'request_too_large' });
  });

  test('415 for a compressed body', async () => {
    const answer = await create('{"name":"x"}', { 'Content-Encoding': 'gzip' });
    await expectFailure(answer, 415, { code: 'unsupported_media_type' });
  });
});

describe('rate limit', () => {
  test('429 after the last call of a window, 200 in the next', async () => {
    const ask = workspace.asking({ rateLimit: { limit: 2, windowSeconds: 10 } });
    const start = startOfTime + 1_000;
    workspace.time.now = start + 3;
    const reset = String(start + 10);
    const one = await ask('GET', '/me');
    expect(one.status).toBe(200);
    expect(Object.fromEntries(one.headers)).toMatchObject({
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '1',
      'x-ratelimit-reset': reset,
    });
    const last = await ask('GET', '/nope');
    expect([last.status, last.headers.get('X-RateLimit-Remaining')]).toEqual([404, '0']);
    const refused = await ask('GET', '/me');
    const message = 'Exceeded rate limit of 2 in 10_seconds';
    await expectFailure(refused, 429, { code: 'rate_limit_exceeded', message });
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': reset,
      'retry-after': '7',
    });
    expect((await ask('GET', '/me', { token: workspace.otherToken })).status).toBe(200);
    workspace.time.now = start + 10;
    expect((await ask('GET', '/me')).headers.get('X-RateLimit-Remaining')).toBe('1');
  });

  test('200 without headers where it is off', async () => {
    const answer = await workspace.ask('GET', '/me');
    expect([answer.status, answer.headers.get('X-RateLimit-Limit')]).toEqual([200, null]);
  });
});

describe('failures of the server', () => {
  test('500 with a bland message when the database fails', async () => {
    await workspace.database.executeSql('alter table ticket_types rename to gone');
    const answer = await workspace.ask('GET', '/ticket_types/1201');
    await workspace.database.executeSql('alter table gone rename to ticket_types');
    await expectFailure(answer, 500, { code: 'server_error' });
    expect(answer.text).not.toMatch(/select|relation|ticket_types/i);
  });

  test('503 when a test asks for it', async () => {
    const ask = workspace.asking({
      faults: (operation) =>
        operation === 'listTeams' ? new Refusal(503, [{ code: 'service_unavailable', message: 'Later' }]) : undefined,
    });
    await expectFailure(await ask('GET', '/teams'), 503, { code: 'service_unavailable' });
    expect((await ask('GET', '/admins')).status).toBe(200);
  });
});
