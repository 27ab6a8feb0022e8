import * as z from 'zod/mini';
import { errorList } from './errors.ts';
import type { Operation } from './operation.ts';
import { unmodifiedSinceHeader } from './request.ts';
import { apiVersions, defaultVersion } from './versions.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

interface Content {
  description: string;
  headers?: Record<string, { $ref: string }>;
  /** Absent where there is no body. */
  content?: { 'application/json': { schema: JsonSchema } };
}

interface DescribedOperation {
  operationId: string;
  summary: string;
  tags: string[];
  parameters: (Parameter | { $ref: string })[];
  requestBody?: { required: boolean; content: { 'application/json': { schema: JsonSchema } } };
  responses: Record<string, Content | { $ref: string }>;
}

export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  tags: { name: string }[];
  security: Record<string, string[]>[];
  paths: Record<string, Record<string, DescribedOperation>>;
  components: Record<string, Record<string, unknown>>;
}

function jsonSchema(schema: z.ZodMiniType, io: 'input' | 'output'): JsonSchema {
  const { $schema, ...described } = z.toJSONSchema(schema, {
    io,
    // What is checked by a function of its own, such as the query of a search.
    unrepresentable: 'any',
    override: ({ jsonSchema: part }) => {
      // Bounds that every integer of JavaScript has say nothing about the API, and answers may gain fields.
      if (part.minimum === Number.MIN_SAFE_INTEGER) delete part.minimum;
      if (part.maximum === Number.MAX_SAFE_INTEGER) delete part.maximum;
      if (part.additionalProperties === false) delete part.additionalProperties;
    },
  });
  return described;
}

function queryParameters(query: z.ZodMiniType): Parameter[] {
  const { properties = {}, required = [] } = jsonSchema(query, 'input');
  return Object.entries(properties).flatMap(([name, schema]) =>
    typeof schema === 'boolean' ? [] : [{ name, in: 'query', required: required.includes(name), schema }],
  );
}

function pathParameters(path: string): Parameter[] {
  return [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) =>
    name === undefined ? [] : [{ name, in: 'path', required: true, schema: { type: 'string' } }],
  );
}

const failures = {
  badRequest: ['400', 'A parameter is missing or invalid'],
  unauthorized: ['401', 'The access token is missing or invalid'],
  notFound: ['404', 'There is no such resource'],
  conflict: ['412', 'The resource was changed since the time that the writer named'],
  tooLarge: ['413', 'The request body is too large'],
  unsupported: ['415', 'The request body is compressed'],
  tooManyRequests: ['429', 'The rate limit is exceeded; Retry-After says when to go on'],
  unexpected: ['500', 'The server could not complete the request'],
} as const;
type Failure = keyof typeof failures;

type Described = Omit<Operation, 'target'> & { readonly target?: unknown };

function failuresOf(operation: Described): Failure[] {
  return [
    'badRequest',
    'unauthorized',
    ...(operation.path.includes('{') ? (['notFound'] as const) : []),
    ...(operation.target ? (['conflict'] as const) : []),
    ...(operation.body ? (['tooLarge', 'unsupported'] as const) : []),
    'tooManyRequests',
    'unexpected',
  ];
}

function describedOperation(operation: Described): DescribedOperation {
  const described: DescribedOperation = {
    operationId: operation.name,
    summary: operation.summary,
    tags: [operation.tag],
    parameters: [
      { $ref: '#/components/parameters/intercomVersion' },
      ...(operation.target ? [{ $ref: '#/components/parameters/ifUnmodifiedSince' }] : []),
      ...pathParameters(operation.path),
      ...(operation.query ? queryParameters(operation.query) : []),
    ],
    responses: {
      '200': {
        description: 'Success',
        headers: { 'X-Request-Id': { $ref: '#/components/headers/requestId' } },
        ...(operation.response instanceof z.ZodMiniUndefined
          ? {}
          : { content: { 'application/json': { schema: jsonSchema(operation.response, 'output') } } }),
      },
    },
  };
  for (const name of failuresOf(operation)) {
    described.responses[failures[name][0]] = { $ref: `#/components/responses/${name}` };
  }
  if (operation.body) {
    const schema = jsonSchema(operation.body, 'input');
    described.requestBody = { required: true, content: { 'application/json': { schema } } };
  }
  return described;
}

const components = {
  securitySchemes: {
    bearerAuth: { type: 'http', scheme: 'bearer' },
    basicAuth: { type: 'http', scheme: 'basic', description: 'The token as user name, with an empty password' },
  },
  parameters: {
    intercomVersion: {
      name: 'Intercom-Version',
      in: 'header',
      required: false,
      description: 'The form in which to answer. Other versions of the API get the nearest of these.',
      schema: { type: 'string', examples: apiVersions, default: defaultVersion },
    },
    ifUnmodifiedSince: {
      name: unmodifiedSinceHeader,
      in: 'header',
      required: false,
      description: 'An HTTP date: the write is refused when the resource was changed after it.',
      schema: { type: 'string' },
    },
  },
  headers: {
    requestId: { description: 'Names the request, in the log too', schema: { type: 'string' } },
  },
  responses: Object.fromEntries(
    Object.entries(failures).map(([name, [, description]]) => [
      name,
      {
        description,
        headers: { 'X-Request-Id': { $ref: '#/components/headers/requestId' } },
        content: { 'application/json': { schema: { $ref: '#/components/schemas/error' } } },
      },
    ]),
  ),
  schemas: { error: jsonSchema(errorList, 'output') },
};

/** The OpenAPI 3.1 description of `operations`, ready for `JSON.stringify`. */
export function openApiDocument(operations: Readonly<Record<string, Described>>): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const operation of Object.values(operations)) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describedOperation(operation),
    };
  }
  const tags = new Set(Object.values(operations).map(({ tag }) => tag));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Deskbell workspace',
      version: defaultVersion,
      description: "An API server that follows Intercom's REST API.",
    },
    tags: [...tags].map((name) => ({ name })),
    security: [{ bearerAuth: [] }, { basicAuth: [] }],
    paths,
    components,
  };
}
