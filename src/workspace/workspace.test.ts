import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { IntercomClient, IntercomError } from 'intercom-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorList } from '#contract/errors.ts';
import { openApiDocument } from '#contract/openapi.ts';
import { operations } from '#contract/operations.ts';
import { maximumBodyBytes } from './http/body.ts';
import { openTestWorkspace, type TestWorkspace } from './testing.ts';

let workspace: TestWorkspace;
let baseUrl: string;
const server = createServer((request, response) => void listener(request, response));
let listener: ReturnType<typeof getRequestListener>;

beforeAll(async () => {
  workspace = await openTestWorkspace();
  listener = getRequestListener(workspace.app.fetch);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  baseUrl = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await workspace.close();
});

describe('the contract', () => {
  test.each(Object.values(operations))('$name is served', async (operation) => {
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      name === 'ticket_type_id' ? '1201' : name === 'attribute_id' ? '5003' : name === 'team_id' ? '61' : '801',
    );
    const bodies: Partial<Record<string, object>> = {
      createTicketType: { name: 'x' },
      createTicketTypeAttribute: { name: 'x', description: '', data_type: 'string' },
    };
    const body = operation.method === 'GET' ? undefined : (bodies[operation.name] ?? {});
    const answer = await workspace.ask<unknown>(operation.method, path, { body });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/json/);
    expect(operation.response.parse(answer.body)).toEqual(answer.body);
  });

  test('is described at /openapi.json, without a token', async () => {
    const answer = await workspace.ask<unknown>('GET', '/openapi.json', { token: null });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(JSON.parse(JSON.stringify(openApiDocument(operations))));
  });
});

interface RawAnswer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  text: string;
}

/** What a listening server answers; bodies are sent in chunks, without their length. */
function send(method: string, path: string, chunks: Buffer[] = [], headers = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${baseUrl}${path}`, {
      method,
      headers: { Authorization: `Bearer ${workspace.token}`, ...headers },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    for (const chunk of chunks) request.write(chunk);
    request.end();
  });
}

describe('over HTTP', () => {
  test('413 for a chunked body that is too large', async () => {
    const chunk = Buffer.alloc(maximumBodyBytes / 4, 32);
    const answer = await send('POST', '/ticket_types', [chunk, chunk, chunk, chunk, chunk, chunk]);
    expect(answer.status).toBe(413);
    expect(errorList.parse(JSON.parse(answer.text)).request_id).toBe(answer.headers['x-request-id']);
  });

  test('200 for a chunked body that is not', async () => {
    const chunks = [Buffer.from('{"name":"Chu'), Buffer.from('nked"}')];
    expect((await send('POST', '/ticket_types', chunks)).status).toBe(200);
  });

  test('200 for HEAD without a body', async () => {
    const answer = await send('HEAD', '/ticket_types');
    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  test.each([
    '//ticket_types',
    '/./ticket_types',
    '/x/../ticket_types',
    '/ticket_types;x',
    '/TICKET_TYPES',
    '/ticket_types%00',
    '/ticket_types%2f',
    '/%ED%A0%80',
  ])('401 for %s without a token', async (path) => {
    expect((await send('GET', path, [], { Authorization: '' })).status).toBe(401);
  });
});

describe('intercom-client', () => {
  const clientOf = (token: string) => new IntercomClient({ token, baseUrl, maxRetries: 0 });

  test('does every operation', async () => {
    const client = clientOf(workspace.token);
    const me = await client.admins.identify();
    expect(me?.app?.id_code).toBe('dk4m2x9q');
    expect((await client.admins.list()).admins).toHaveLength(12);
    expect((await client.admins.find({ admin_id: 803 }))?.name).toBe('Aoife Brannigan');
    const { teams } = await client.teams.list();
    expect(teams).toHaveLength(5);
    expect((await client.teams.find({ team_id: '62' })).admin_ids).toEqual([803, 805, 806, 807]);

    const created = await client.ticketTypes.create({ name: 'Customer issue', icon: '🎟️', category: 'Customer' });
    const id = created?.id ?? '';
    const listed = await client.ticketTypes.list();
    expect(listed.data?.some((type) => type?.id === id)).toBe(true);
    const updated = await client.ticketTypes.update({ ticket_type_id: id, name: 'Customer question' });
    expect(updated?.name).toBe('Customer question');

    const { attributes } = client.ticketTypes;
    const attribute = await attributes.create({
      ticket_type_id: id,
      name: 'Priority',
      description: 'How soon',
      data_type: 'list',
      list_items: 'Low Priority,Medium Priority,High Priority',
    });
    const archived = await attributes.update({
      ticket_type_id: id,
      attribute_id: attribute?.id ?? '',
      archived: true,
    });
    expect(archived?.archived).toBe(true);
    const got = await client.ticketTypes.get({ ticket_type_id: id });
    // The package's type has another name for `data`, which it passes on as it comes.
    expect(got?.ticket_type_attributes).toMatchObject({
      data: [{ name: '_default_title_' }, { name: '_default_description_' }, { name: 'Priority' }],
    });
  });

  test('reads failures', async () => {
    const failure = clientOf('nonsense').admins.identify();
    await expect(failure).rejects.toThrow(IntercomError);
    await expect(failure).rejects.toMatchObject({ statusCode: 401 });
    const missing = clientOf(workspace.token).teams.find({ team_id: '1' });
    await expect(missing).rejects.toMatchObject({ statusCode: 404, body: { errors: [{ code: 'team_not_found' }] } });
  });
});
