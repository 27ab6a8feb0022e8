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

/** What stands in the paths and bodies of one call of every operation. */
let ids: Partial<Record<string, string>>;
let ticketTypeId: string;
let bodies: Partial<Record<string, object>>;
beforeAll(async () => {
  const { ask } = workspace;
  const created = async (path: string, body: object) => (await ask<{ id: string }>('POST', path, { body })).body.id;
  const ticket_type_id = await created('/ticket_types', { name: 'Type' });
  ticketTypeId = ticket_type_id;
  const [contact_id, company_id, tag_id, other_tag_id] = [
    await created('/contacts', { email: 'first@example.com' }),
    await created('/companies', { company_id: 'acme' }),
    await created('/tags', { name: 'Put there' }),
    await created('/tags', { name: 'Other' }),
  ];
  const ticket_id = await created('/tickets', { ticket_type_id, contacts: [{ id: contact_id }] });
  ids = { ticket_type_id: '1201', attribute_id: '5003', team_id: '61', ticket_id, contact_id, company_id, tag_id };
  bodies = {
    createTicketType: { name: 'x' },
    createTicketTypeAttribute: { name: 'x', description: '', data_type: 'string' },
    createTicket: { ticket_type_id, contacts: [{ id: contact_id }] },
    replyTicket: { message_type: 'note', type: 'admin', admin_id: '801', body: 'x' },
    attachTagToTicket: { id: tag_id, admin_id: '801' },
    detachTagFromTicket: { admin_id: '801' },
    createOrUpdateCompany: { company_id: 'acme' },
    createContact: { email: 'second@example.com' },
    createTag: { id: other_tag_id, name: 'x' },
    searchTickets: { query: { field: 'id', operator: '=', value: '1' } },
    searchContacts: { query: { field: 'id', operator: '=', value: '1' } },
  };
});

describe('the contract', () => {
  test.each(Object.values(operations))('$name is served', async (operation) => {
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '801');
    const body = operation.method === 'GET' ? undefined : (bodies[operation.name] ?? {});
    const answer = await workspace.ask<unknown>(operation.method, path, { body });
    expect(answer.status).toBe(200);
    if (answer.text !== '') expect(answer.headers.get('Content-Type')).toMatch(/^application\/json/);
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

  test('does every operation on tickets', async () => {
    const client = clientOf(workspace.token);
    const created = await client.tickets.create({
      ticket_type_id: ticketTypeId,
      contacts: [{ email: 'client@example.com' }],
    });
    const ticket_id = created?.id ?? '';
    const ticket_attributes = { _default_title_: 'Found a bug' };
    const updated = await client.tickets.update({ ticket_id, ticket_attributes, open: false });
    expect(updated).toMatchObject({ ticket_attributes, open: false });
    const reply = await client.tickets.reply({
      ticket_id,
      body: { message_type: 'comment', type: 'admin', admin_id: '803', body: '<p>Hello</p>' },
    });
    expect(reply).toMatchObject({ part_type: 'comment', body: '<p>Hello</p>' });
    const { id: tag_id } = await client.tags.create({ name: 'By the client' });
    const tagged = await client.tags.tagTicket({ ticket_id, id: tag_id ?? '', admin_id: '803' });
    expect(tagged).toMatchObject({ name: 'By the client', applied_by: { id: '803' } });
    await client.tags.untagTicket({ ticket_id, tag_id: tag_id ?? '', admin_id: '803' });
    const got = await client.tickets.get({ ticket_id });
    expect(got).toMatchObject({ open: false, tags: { tags: [] } });
    expect(got?.ticket_parts?.ticket_parts?.map(({ part_type }) => part_type)).toEqual([
      'ticket_state_updated_by_admin',
      'ticket_attribute_updated_by_admin',
      'close',
      'comment',
    ]);
  });

  test('searches tickets and contacts, page by page', async () => {
    const client = clientOf(workspace.token);
    const ids: (string | undefined)[] = [];
    for (const external_id of ['searched-1', 'searched-2', 'searched-3']) {
      await client.contacts.create({ external_id, name: 'Searched for' });
      const ticket = await client.tickets.create({ ticket_type_id: ticketTypeId, contacts: [{ external_id }] });
      const ticket_id = ticket?.id ?? '';
      await client.tickets.update({ ticket_id, ticket_attributes: { _default_title_: 'Searched for' } });
      ids.unshift(ticket_id);
    }
    const asked = (field: string) => ({
      query: { operator: 'AND' as const, value: [{ field, operator: '=' as const, value: 'searched FOR' }] },
      pagination: { per_page: 2 },
    });

    const page = await client.tickets.search(asked('title'));
    expect(page.data).toHaveLength(2);
    expect(page.hasNextPage()).toBe(true);
    const found: (string | undefined)[] = [];
    for await (const ticket of page) found.push(ticket?.id);
    expect(found).toEqual(ids);

    const people = new Set<string | null | undefined>();
    for await (const { external_id } of await client.contacts.search(asked('name'))) people.add(external_id);
    expect(people).toEqual(new Set(['searched-1', 'searched-2', 'searched-3']));
  });

  test('does every operation on contacts, companies and tags', async () => {
    const client = clientOf(workspace.token);
    const contact = await client.contacts.create({ external_id: 'by-client', email: 'people@example.com' });
    const contact_id = contact?.id ?? '';
    const changed = await client.contacts.update({
      contact_id,
      name: 'By the client',
      custom_attributes: { seats: 2 },
    });
    expect(await client.contacts.find({ contact_id })).toEqual(changed);
    const seen: (string | undefined)[] = [];
    for await (const { id } of await client.contacts.list({ per_page: 2 })) seen.push(id);
    expect(seen).toContain(contact_id);
    expect(new Set(seen).size).toBe(seen.length);

    const company = await client.companies.createOrUpdate({ company_id: 'of-client', name: 'Client Ltd', plan: 'Oak' });
    expect(company).toMatchObject({ plan: { type: 'plan', name: 'Oak' } });
    const company_id = company?.id ?? '';
    expect(await client.companies.find({ company_id })).toEqual(company);
    expect(await client.companies.retrieve({ company_id: 'of-client' })).toEqual(company);
    expect(await client.companies.retrieve({ per_page: 1 })).toMatchObject({ type: 'list', pages: { per_page: 1 } });

    const tag = await client.tags.create({ name: 'Tagged by the client', users: [{ id: contact_id }] });
    const tag_id = tag.id ?? '';
    await client.tags.create({ name: 'Tagged by the client', companies: [{ id: company_id }] });
    expect(await client.contacts.find({ contact_id })).toMatchObject({ tags: { data: [{ id: tag_id }] } });
    expect(await client.companies.find({ company_id })).toMatchObject({ tags: { tags: [{ id: tag_id }] } });
    expect(await client.tags.find({ tag_id })).toEqual(tag);
    expect((await client.tags.list()).data).toContainEqual(tag);
    await client.tags.delete({ tag_id });
    await expect(client.tags.find({ tag_id })).rejects.toMatchObject({ statusCode: 404 });
  });

  test('reads failures', async () => {
    const failure = clientOf('nonsense').admins.identify();
    await expect(failure).rejects.toThrow(IntercomError);
    await expect(failure).rejects.toMatchObject({ statusCode: 401 });
    const missing = clientOf(workspace.token).teams.find({ team_id: '1' });
    await expect(missing).rejects.toMatchObject({ statusCode: 404, body: { errors: [{ code: 'team_not_found' }] } });
  });
});
