import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { errorList } from './errors.ts';
import examples29 from './examples/2.9.json' with { type: 'json' };
import examples210 from './examples/2.10.json' with { type: 'json' };
import examples211 from './examples/2.11.json' with { type: 'json' };
import type { Operation } from './operation.ts';
import { type OperationName, operations } from './operations.ts';
import { ticketType, ticketTypeAttribute } from './ticket-types.ts';
import { type ApiVersion, apiVersions, isBefore } from './versions.ts';

// The example payloads of Intercom's published API descriptions (MIT, github.com/intercom/Intercom-OpenAPI).
const apiVersion = z.enum(apiVersions);
const recordedExamples = z.partialRecord(
  z.enum(Object.keys(operations) as [OperationName]),
  z.object({
    requests: z.array(z.unknown()),
    responses: z.array(z.object({ status: z.int(), body: z.optional(z.unknown()) })),
  }),
);

const versions = Object.entries({ '2.9': examples29, '2.10': examples210, '2.11': examples211 }).map(
  ([version, examples]) => ({ version: apiVersion.parse(version), examples: recordedExamples.parse(examples) }),
);

/** The operations that a version has. */
function operationsOf(version: ApiVersion): Operation[] {
  return Object.values<Operation>(operations).filter(({ since = version }) => !isBefore(version, since));
}

/** The examples send ids as numbers too, which are read as the strings that the schemas ask for. */
function withTextIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTextIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      /(^|_)id$/.test(key) && typeof item === 'number' ? String(item) : withTextIds(item),
    ]),
  );
}

/** `value` without the keys that `reference` does not have, deeply. */
function onlyKeysOf(reference: unknown, value: unknown): unknown {
  if (Array.isArray(reference) && Array.isArray(value)) return value.map((item, i) => onlyKeysOf(reference[i], item));
  if (typeof reference !== 'object' || reference === null || typeof value !== 'object' || value === null) return value;
  const known = new Map(Object.entries(reference));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (known.has(key) ? [[key, onlyKeysOf(known.get(key), item)]] : [])),
  );
}

describe.each(versions)('the examples of $version', ({ version, examples }) => {
  test('name every operation that the version has', () => {
    expect(new Set(Object.keys(examples))).toEqual(new Set(operationsOf(version).map(({ name }) => name)));
  });

  test.each(operationsOf(version))('are answers that $name reads without loss', (operation) => {
    const { responses = [] } = examples[operation.name as OperationName] ?? {};
    const successes = responses.filter(({ status }) => status === 200);
    expect(successes.length).toBeGreaterThan(0);
    for (const { body } of successes) {
      const read = operation.response.parse(body);
      expect(onlyKeysOf(body, read)).toEqual(body);
    }
  });

  test.each(operationsOf(version))('are requests that $name takes unchanged', (operation) => {
    for (const body of examples[operation.name as OperationName]?.requests ?? []) {
      expect(operation.body?.parse(body)).toEqual(withTextIds(body));
    }
  });

  test('are failures in the one envelope', () => {
    const failures = Object.values(examples).flatMap(({ responses }) =>
      responses.filter(({ status }) => status !== 200),
    );
    expect(failures.length).toBeGreaterThan(0);
    for (const { body } of failures) expect(errorList.parse(body)).toEqual(body);
  });
});

describe('where the descriptions contradict their examples', () => {
  const [example] = operations.listTicketTypes.response.parse(examples211.listTicketTypes.responses[0]?.body).data;
  if (!example) throw new Error('The example list holds no ticket type.');
  const attribute = { ...example.ticket_type_attributes.data[0] };

  test('a list of ticket types may bear the type that the schema names', () => {
    const read = operations.listTicketTypes.response.parse({ type: 'ticket_type_attributes.list', data: [example] });
    expect(read.data).toEqual([example]);
  });

  test('a ticket type without category is one of 2.9', () => {
    const { category: _, ...older } = example;
    expect(ticketType.parse(older)).toEqual(older);
  });

  test('is_internal is in no schema and reads as false when it is not sent', () => {
    const { is_internal: _, ...bySchema } = example;
    expect(ticketType.parse(bySchema).is_internal).toBe(false);
  });

  test('ids sent as numbers read as text, and ticket_type_id sent as text as a number', () => {
    const read = ticketTypeAttribute.parse({ ...attribute, id: 210, workspace_id: 7, ticket_type_id: '81' });
    expect(read).toMatchObject({ id: '210', workspace_id: '7', ticket_type_id: 81 });
  });

  test('input_options may be null or absent', () => {
    expect(ticketTypeAttribute.parse({ ...attribute, input_options: null }).input_options).toBeNull();
    const { input_options: _, ...without } = attribute;
    expect(ticketTypeAttribute.parse(without)).toEqual(without);
  });

  test('descriptions and updated_at may be absent although they are shown as present', () => {
    const { updated_at: _, ...rest } = example;
    expect(ticketType.parse({ ...rest, description: null })).toEqual({ ...rest, description: '' });
  });

  test('an admin may lack job title, away mode and teams although 2.11 requires them', () => {
    const bare = { type: 'admin', id: '1', name: 'Ada', email: 'ada@example.com' };
    expect(operations.retrieveAdmin.response.parse(bare)).toEqual({
      ...bare,
      away_mode_enabled: false,
      away_mode_reassign: false,
      has_inbox_seat: false,
    });
  });

  test('an avatar is an address before 2.11 and an object from then on', () => {
    const bare = { type: 'admin', id: '1', name: 'Ada', email: 'ada@example.com' };
    const before = { ...bare, avatar: 'https://example.com/a.png' };
    const after = { ...bare, avatar: { type: 'avatar', image_url: 'https://example.com/a.png' } };
    expect(operations.retrieveAdmin.response.parse(before).avatar).toBe('https://example.com/a.png');
    expect(operations.retrieveAdmin.response.parse(after).avatar).toEqual(after.avatar);
  });

  test('a request id may be null or no uuid', () => {
    const errors = [{ code: 'bad_request', message: "bad 'x' parameter" }];
    for (const request_id of [null, '0008o082a2cnud4mmc00']) {
      expect(errorList.parse({ type: 'error.list', request_id, errors })).toEqual({
        type: 'error.list',
        request_id,
        errors,
      });
    }
  });
});
