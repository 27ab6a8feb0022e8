import type * as z from 'zod/mini';
import type { Operation, ParamsOf, ResponseOf } from '#contract/operation.ts';
import type { ApiVersion } from '#contract/versions.ts';
import type { Db } from '#database/database.ts';
import type { Workspace } from './authentication.ts';

/** What every handler works with. Passed in, so that a test needs nothing but other values. */
export interface Services {
  db: Db;
  /** Unix seconds. */
  clock: () => number;
  /** A uuid. */
  newId: () => string;
}

/** A target depends on the path of its operation, which keeps operations of any path from having one type. */
export type AnyOperation = Omit<Operation, 'target'>;

type Parsed<Op, Part extends 'query' | 'body'> =
  Op extends Readonly<Record<Part, infer Schema extends z.ZodMiniType>> ? z.output<Schema> : undefined;

interface Caller extends Services {
  workspace: Workspace;
  /** Whether the caller is in the same process, and so no client of the API but part of this server. */
  isInner: boolean;
  /** Runs `work` in a transaction: one of its own, or the caller's. */
  atomically: <Result>(work: (transaction: Db) => Promise<Result>) => Promise<Result>;
  /** Whether the caller reads no parts of a ticket. */
  withoutParts: boolean;
  /** Whether others are answered within the same transaction at the same time. */
  isSideBySide: boolean;
  /** The form in which to answer. */
  version: ApiVersion;
  /** Unix seconds: the write holds only for what nobody changed since. */
  unmodifiedSince: number | undefined;
  /** The scheme, host and port that were called. */
  origin: string;
}

/** One authenticated request whose parts fit the operation. */
export interface Call<Op> extends Caller {
  params: ParamsOf<Op>;
  query: Parsed<Op, 'query'>;
  body: Parsed<Op, 'body'>;
}

export interface IncomingCall extends Caller {
  params: Record<string, string>;
  query: unknown;
  body: unknown;
}

export interface Route<Name extends string = string> {
  operation: AnyOperation & { readonly name: Name };
  /** Parameters of the body that came with a version; in the form of an earlier one they are unknown, so ignored. */
  since: ReadonlyMap<string, ApiVersion>;
  /** The answer depends on nothing but the path, the query, the version and the workspace's configuration. */
  isConfiguration: boolean;
  answer: (call: IncomingCall) => Promise<unknown>;
}

/** Serves `operation` by `handler`, which sees parsed input only and answers what the contract says. */
export function route<const Op extends AnyOperation>(
  operation: Op,
  handler: (call: Call<Op>) => Promise<ResponseOf<Op>>,
  { since = new Map(), isConfiguration = false }: Partial<Pick<Route, 'since' | 'isConfiguration'>> = {},
): Route<Op['name']> {
  // The server parses every part of a call with the schemas of this very operation before it calls `answer`.
  return { operation, since, isConfiguration, answer: (call) => handler(call as Call<Op>) };
}
