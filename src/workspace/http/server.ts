import type { Context, Hono } from 'hono';
import type { Logger } from 'pino';
import type { ErrorList } from '#contract/errors.ts';
import { unmodifiedSinceHeader } from '#contract/request.ts';
import { type ApiVersion, defaultVersion, isBefore, servedVersion } from '#contract/versions.ts';
import type { Db } from '#database/database.ts';
import { createAnswerCache } from './answer-cache.ts';
import type { Access, Workspace } from './authentication.ts';
import { readJsonObject } from './body.ts';
import { parseHttpDate } from './http-date.ts';
import { parseInput } from './input.ts';
import type { TakeCall } from './rate-limit.ts';
import { badRequest, Refusal } from './refusal.ts';
import type { Route, Services } from './route.ts';

declare module 'hono' {
  interface ContextVariableMap {
    requestId: string;
    workspace: Workspace;
    isInner: boolean;
    apiVersion: ApiVersion;
  }
}

/** How whoever is in the same process may have a request answered. */
interface Within {
  /** In a transaction of its own. */
  transaction?: Db | undefined;
  /** While others are answered in the same transaction. */
  isSideBySide?: boolean | undefined;
  withoutParts?: boolean | undefined;
}

export type WorkspaceApp = Hono<{ Bindings: Within }>;

const json = 'application/json; charset=utf-8';
const utf8 = new TextEncoder();

function answerRefusal(context: Context, { status, errors, headers, namesRequest }: Refusal): Response {
  const body: ErrorList = { type: 'error.list', request_id: namesRequest ? context.get('requestId') : null, errors };
  return context.body(JSON.stringify(body), status, { ...headers, 'Content-Type': json });
}

/** Gives every request its id, and every failure the envelope. */
export function answerFailures(app: WorkspaceApp, { newId, log }: { newId: () => string; log: Logger }): void {
  app.use(async (context, next) => {
    const requestId = newId();
    context.set('requestId', requestId);
    context.header('X-Request-Id', requestId);
    context.header('Cache-Control', 'no-store');
    context.header('X-Content-Type-Options', 'nosniff');
    await next();
  });
  app.notFound((context) =>
    answerRefusal(
      context,
      new Refusal(404, [
        { code: 'not_found', message: 'The requested resource does not exist; check your path and try again' },
      ]),
    ),
  );
  app.onError((error, context) => {
    if (error instanceof Refusal) return answerRefusal(context, error);
    log.error({ err: error, request_id: context.get('requestId') }, 'A request failed unexpectedly');
    const message = 'The server could not complete the request; try again later';
    return answerRefusal(context, new Refusal(500, [{ code: 'server_error', message }]));
  });
}

/** Lets in who has a token, counts the call, and settles the version to answer in. */
export function identifyCaller(
  app: WorkspaceApp,
  db: Db,
  guard: { authenticate: (header: string | undefined, db: Db) => Promise<Access>; takeCall: TakeCall | undefined },
): void {
  const knownIn = new WeakMap<Db, Access>();
  app.use(async (context, next) => {
    // Of calls within one transaction the first alone is looked up.
    const transaction = context.env?.transaction;
    const known = transaction && knownIn.get(transaction);
    const access = known ?? (await guard.authenticate(context.req.header('Authorization'), transaction ?? db));
    if (transaction !== undefined) knownIn.set(transaction, access);
    const { workspace, isInner } = access;
    for (const [name, value] of Object.entries(guard.takeCall?.(workspace.id) ?? {})) context.header(name, value);
    const version = servedVersion(context.req.header('Intercom-Version') ?? defaultVersion);
    if (version === undefined) {
      throw badRequest('intercom_version_invalid', 'Intercom-Version names no version of the API');
    }
    context.set('workspace', workspace);
    context.set('isInner', isInner);
    context.set('apiVersion', version);
    await next();
  });
}

/** `body` as a server of `version` sees it. */
function knownParameters(
  body: Record<string, unknown>,
  since: ReadonlyMap<string, ApiVersion>,
  version: ApiVersion,
): Record<string, unknown> {
  const isKnown = (name: string) => !isBefore(version, since.get(name) ?? version);
  return Object.fromEntries(Object.entries(body).filter(([name]) => isKnown(name)));
}

/** Serves each route at its operation's path, and refuses the other methods there. */
export function serveRoutes<Name extends string>(
  app: WorkspaceApp,
  routes: Route<Name>[],
  services: Services,
  faults: ((operation: Name, request: Request) => Refusal | undefined) | undefined,
): void {
  const methodsOf = new Map<string, string[]>([['/openapi.json', ['GET', 'HEAD']]]);
  const cache = createAnswerCache();
  for (const { operation, since, isConfiguration, answer } of routes) {
    const path = operation.path.replace(/\{(\w+)\}/g, ':$1');
    const methods = operation.method === 'GET' ? ['GET', 'HEAD'] : [operation.method];
    methodsOf.set(path, [...(methodsOf.get(path) ?? []), ...methods]);
    app.on(operation.method, path, async (context) => {
      const fault = faults?.(operation.name, context.req.raw);
      if (fault !== undefined) throw fault;
      const version = context.get('apiVersion');
      if (isBefore(version, operation.since ?? version)) {
        throw badRequest('intercom_version_invalid', 'Requested resource is not available in current API version');
      }
      const workspace = context.get('workspace');
      const params = context.req.param();
      const query = operation.query && parseInput(operation.query, context.req.query());
      const headers = { 'Content-Type': json };

      // What a transaction sees may never become true.
      const transaction = context.env?.transaction;
      const key =
        isConfiguration &&
        transaction === undefined &&
        JSON.stringify([workspace.id, version, operation.name, params, query]);
      const known = key ? cache.get(key, workspace.revision) : undefined;
      if (known !== undefined) return context.body(known, 200, headers);

      const readBody = async () => knownParameters(await readJsonObject(context.req.raw), since, version);
      const body = operation.body && parseInput(operation.body, await readBody());
      const unmodifiedSince = context.req.header(unmodifiedSinceHeader);
      const answered = await answer({
        ...services,
        db: transaction ?? services.db,
        // Whoever gave the transaction undoes what a refused call began.
        atomically: (work) => (transaction === undefined ? services.db.transaction(work) : work(transaction)),
        withoutParts: context.env?.withoutParts ?? false,
        isSideBySide: context.env?.isSideBySide ?? false,
        workspace,
        isInner: context.get('isInner'),
        version,
        params,
        query,
        body,
        origin: new URL(context.req.url).origin,
        unmodifiedSince: unmodifiedSince === undefined ? undefined : parseHttpDate(unmodifiedSince),
      });
      if (answered === undefined) return context.body(null, 200);
      const bytes = utf8.encode(JSON.stringify(answered));
      if (key) cache.set(key, workspace.revision, bytes);
      return context.body(bytes, 200, headers);
    });
  }
  for (const [path, methods] of methodsOf) {
    app.all(path, (context) => {
      const message = `${context.req.method} is not possible here; use ${methods.join(', ')}`;
      throw new Refusal(405, [{ code: 'method_not_allowed', message }], { Allow: methods.join(', ') });
    });
  }
}
