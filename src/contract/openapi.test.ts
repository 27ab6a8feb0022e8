import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { openApiDocument } from './openapi.ts';
import { operations } from './operations.ts';

const document = openApiDocument(operations);
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** Every `$ref` of the document, however deep. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === '$ref' && typeof part === 'string' ? [part] : references(part),
  );
}

function find(reference: string): unknown {
  return reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      document,
    );
}

test('describes exactly the operations of the contract', () => {
  const expected = Object.values(operations).map(({ name, method, path }) => `${name} ${method.toLowerCase()} ${path}`);
  const found = described.map(({ path, method, operation }) => `${operation.operationId} ${method} ${path}`);
  expect(found.sort()).toEqual(expected.sort());
});

test('survives JSON, and all its references lead somewhere', () => {
  const copy: unknown = JSON.parse(JSON.stringify(document));
  expect(copy).toMatchObject({ openapi: '3.1.0', info: { title: 'Deskbell workspace', version: '2.11' } });
  const all = references(copy);
  expect(all.length).toBeGreaterThan(50);
  for (const reference of all) expect(find(reference), reference).toBeTypeOf('object');
});

test('asks for a token everywhere', () => {
  expect(document.security).toEqual([{ bearerAuth: [] }, { basicAuth: [] }]);
  for (const scheme of document.security.flatMap(Object.keys)) {
    expect(document.components.securitySchemes).toHaveProperty(scheme);
  }
});

// Intercom's API has these two oddities.
const withBody = new Set(['detachTagFromTicket']);
const withoutAnswer = new Set(['deleteTag']);

/** The types that the body of an answer may have; none where there is no body. */
function answerTypes(answer: unknown): unknown[] {
  const { content } = z
    .object({ content: z.optional(z.record(z.string(), z.object({ schema: mediaSchema }))) })
    .parse(answer);
  const schema = content?.['application/json']?.schema;
  return schema === undefined ? [] : (schema.anyOf?.map(({ type }) => type) ?? [schema.type]);
}
const mediaSchema = z.object({
  type: z.optional(z.string()),
  anyOf: z.optional(z.array(z.object({ type: z.optional(z.string()) }))),
});

describe.each(described)('$method $path', ({ path, method, operation }) => {
  test('names the parameters of its path, and the version', () => {
    const names = operation.parameters.flatMap((one) => ('in' in one && one.in === 'path' ? [one.name] : []));
    expect(names).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    expect(operation.parameters).toContainEqual({ $ref: '#/components/parameters/intercomVersion' });
  });

  test('has a body where it writes, and an answer for success and failure', () => {
    const takesBody = new Set(['post', 'put', ...(withBody.has(operation.operationId) ? ['delete'] : [])]);
    expect(operation.requestBody !== undefined).toBe(takesBody.has(method));
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['200', '400', '401', '429', '500']));
    expect(Object.keys(operation.responses).includes('404')).toBe(path.includes('{'));
    const types = new Set(answerTypes(operation.responses['200']));
    expect(types).toEqual(new Set(withoutAnswer.has(operation.operationId) ? [] : ['object']));
  });
});

test('says what a body needs and what an answer may hold', () => {
  expect(document.paths).toHaveProperty(
    ['/ticket_types', 'post', 'requestBody', 'content', 'application/json', 'schema'],
    expect.objectContaining({
      type: 'object',
      required: ['name'],
      properties: expect.objectContaining({
        name: { type: 'string', maxLength: 255 },
        category: { type: 'string', enum: ['Customer', 'Back-office', 'Tracker'] },
      }),
    }),
  );
  expect(document.paths).toHaveProperty(
    ['/admins', 'get', 'parameters'],
    expect.arrayContaining([
      { name: 'display_avatar', in: 'query', required: false, schema: { type: 'string', enum: ['true', 'false'] } },
    ]),
  );
});
