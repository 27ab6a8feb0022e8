import type * as z from 'zod/mini';
import type { ApiVersion } from './versions.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

type ParamName<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamName<Rest>
  : never;

/** The path parameters of a template: `/teams/{team_id}` needs `{ team_id: string }`. */
export type PathParams<Path extends string> = { [Name in ParamName<Path>]: string };

/** An object as a write finds it or leaves it. */
export interface ObjectState {
  name: string | undefined;
  /** Unix seconds; undefined where the object has no such time. */
  updatedAt: number | undefined;
  /** What the object holds, by the names and in the form of the write's own body: writing them back restores them. */
  values: Record<string, unknown>;
}

/** What a write changes: makes it safe against someone else's change, shows what it changed, and takes it back. */
export interface Target<Params> {
  /** Fetches the object. Path parameters carry over by name. */
  read: Operation;
  /** The object in the answer of `read`; undefined when it is not there. Throws for what is no such answer. */
  before: (answer: unknown, params: Params) => ObjectState | undefined;
  /** The object in the answer of the write itself. Throws for what is no such answer. */
  after: (answer: unknown) => ObjectState;
}

/**
 * One operation of the API. Everything else follows from this value: the typed call in the browser, the gateway's
 * allow-list, the workspace's route and validation, and the OpenAPI document.
 */
export interface Operation<
  Path extends string = string,
  Query extends z.ZodMiniType | undefined = z.ZodMiniType | undefined,
  Body extends z.ZodMiniType | undefined = z.ZodMiniType | undefined,
  Response extends z.ZodMiniType = z.ZodMiniType,
> {
  /** Intercom's operationId; also the key in `operations`. */
  readonly name: string;
  readonly summary: string;
  /** Groups operations in the OpenAPI document. */
  readonly tag: string;
  readonly method: Method;
  readonly path: Path;
  /** The Intercom-Version that Deskbell sends with it. */
  readonly version: ApiVersion;
  /** The first version that has it, where not all do. */
  readonly since?: ApiVersion;
  readonly query?: Query;
  readonly body?: Body;
  readonly response: Response;
  readonly target?: Target<PathParams<Path>>;
  /** A POST that changes nothing: a search. */
  readonly isRead?: boolean;
  /**
   * Where the body names the admin who acts, as the keys that lead there. Deskbell sends the one that stands for whoever
   * is signed in, whatever the browser says.
   */
  readonly actor?: readonly string[];
}

/** Whether an operation changes nothing, so that it may be sent again. */
export function isRead({ method, isRead: flag = false }: Pick<Operation, 'method' | 'isRead'>): boolean {
  return method === 'GET' || flag;
}

type Inferred<Schema> = Schema extends z.ZodMiniType ? z.input<Schema> : undefined;

export type ParamsOf<Op> = Op extends { readonly path: infer Path extends string } ? PathParams<Path> : never;
export type QueryOf<Op> = Op extends { readonly query: infer Schema } ? Inferred<Schema> : undefined;
export type BodyOf<Op> = Op extends { readonly body: infer Schema } ? Inferred<Schema> : undefined;
export type ResponseOf<Op> = Op extends { readonly response: infer Schema extends z.ZodMiniType }
  ? z.output<Schema>
  : never;
