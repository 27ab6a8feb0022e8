import { randomUUID } from 'node:crypto';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import type { DrawPage } from '#contract/page.ts';
import type { Database } from '#database/database.ts';
import { activityHandlers } from './activity/handlers.ts';
import { createCarryOut } from './activity/write.ts';
import { createActAs, createFindActor } from './actor/actor.ts';
import { actorHandlers } from './actor/handlers.ts';
import { createApi } from './api.ts';
import { accountHandlers } from './auth/account-handlers.ts';
import { linkHandlers } from './auth/link-handlers.ts';
import { passkeyHandlers } from './auth/passkey-handlers.ts';
import { sendCookies, sessionHandlers } from './auth/session-handlers.ts';
import { createSignIn, type SignInSettings } from './auth/sign-in-service.ts';
import { ssoCallbackPath } from './auth/sso-path.ts';
import { answerSsoReturn } from './auth/sso-return.ts';
import { createThrottle } from './auth/throttle.ts';
import { batchHandlers } from './batches/handlers.ts';
import { addressKey, clientAddress } from './client-address.ts';
import { emojiRoutes } from './emoji/emoji-routes.ts';
import { createEvents } from './events/events.ts';
import { eventHandlers } from './events/handlers.ts';
import { immutable, openFiles, revalidated, sendFile } from './files.ts';
import type { GatewayEnv } from './gateway-env.ts';
import { guardAddress, guardOrigin } from './guard.ts';
import { createOwnApi } from './own-api.ts';
import { createPage, readPage } from './page.ts';
import { peopleHandlers } from './people/handlers.ts';
import { limitPerson, type PersonRateLimit } from './person-rate-limit.ts';
import { createReadiness } from './readiness.ts';
import { envelope, notFound, Refusal } from './refusal.ts';
import { securityHeaders } from './security-headers.ts';
import type { Mail, Services } from './services.ts';
import { ticketHandlers } from './tickets/handlers.ts';
import type { Upstream } from './upstream.ts';
import { viewHandlers } from './views/handlers.ts';

export interface GatewayOptions {
  upstream: Upstream;
  database: Database;
  log: Logger;
  /** The folder with the built dashboard. */
  dashboardDir: string;
  /** The dashboard's own drawing of its screens, where it is built. */
  drawPage?: DrawPage | undefined;
  /** The one origin under which people open the dashboard. Undefined: any name of this machine. */
  publicUrl?: string | undefined;
  signIn: Omit<SignInSettings, 'publicUrl'>;
  /** The origin that links lead to. */
  origin: () => string;
  /** Resolves to whether it was sent; undefined where no mail is set up. */
  sendMail?: ((mail: Mail) => Promise<boolean>) | undefined;
  /** Says something to whoever runs Deskbell, on its console. */
  tell: (line: string) => void;
  /** IP addresses and ranges of proxies that say for whom they ask. */
  trustedProxies?: readonly string[];
  personRateLimit: PersonRateLimit | 'off';
  /** Says that there is something to do for a batch. */
  wakeBatch?: ((id: string) => void) | undefined;
  /** Aborted when the server stops: what would go on for ever ends then. */
  stopping?: AbortSignal | undefined;
}

/** What the browser talks to: the dashboard's files, the API of the upstream, and the gateway's own operations. */
export function createGateway(options: GatewayOptions): Hono<GatewayEnv> {
  const { upstream, database, log, dashboardDir, drawPage, publicUrl } = options;
  const app = new Hono<GatewayEnv>();
  const readiness = createReadiness(database, upstream);
  const services = createServices(options);
  const { db, signIn, carryOut, actAs } = services;
  const addressOf = (c: Context<GatewayEnv>) => services.addressOf(c).address;

  app.onError((error, c) => {
    const isRefusal = error instanceof Refusal;
    if (!isRefusal) log.error({ err: error, requestId: c.get('requestId') }, 'the gateway failed');
    const refusal = isRefusal
      ? error
      : new Refusal(500, 'server_error', 'Deskbell failed at this; its log says why, under this request id.');
    return c.json(envelope(refusal, c.get('requestId')), refusal.status, refusal.headers);
  });
  app.notFound(() => {
    throw notFound();
  });

  const ownOrigin = guardOrigin({ publicUrl });
  const identifyCaller: MiddlewareHandler<GatewayEnv> = async (c, next) => {
    // The gateway asks itself for someone whom it has identified already.
    const known = c.env?.caller;
    const { caller, setCookies } = known ? { caller: known, setCookies: [] } : await signIn.identify(c.req.raw.headers);
    c.set('caller', caller);
    await next();
    // An answer that sets the session itself knows better.
    if (!c.res.headers.has('Set-Cookie')) sendCookies(c, setCookies);
  };
  const forPeople = [ownOrigin, neverStored, identifyCaller, limitPerson(options.personRateLimit)] as const;

  app.use(identify(log), securityHeaders(readPage(dashboardDir), publicUrl), guardAddress({ publicUrl }));
  app.use('/api/*', ...forPeople);
  app.use('/gateway/*', ...forPeople);
  app.use('/emoji/*', ownOrigin);

  app.get('/healthz', neverStored, (c) => c.json({ status: 'ok' }));
  app.get('/readyz', neverStored, async (c) => {
    const { isReady, ...parts } = await readiness();
    return c.json({ status: isReady ? 'ready' : 'not ready', ...parts }, isReady ? 200 : 503);
  });
  app.all('/api/*', createApi({ upstream, carryOut, actAs, db, addressOf }));
  app.get(ssoCallbackPath, (c) => answerSsoReturn(services, c));
  const handlers = {
    about: async () => ({ upstream: upstream.kind, region: upstream.region }),
    ...sessionHandlers(services),
    ...linkHandlers(services),
    ...accountHandlers(services),
    ...passkeyHandlers(services),
    ...peopleHandlers(services),
    ...activityHandlers(services),
    ...actorHandlers(services),
    ...eventHandlers(services),
    ...viewHandlers(services),
    ...batchHandlers(services),
    ...ticketHandlers(services),
  };
  app.all('/gateway/*', createOwnApi({ handlers, db, addressOf }));
  app.route('/emoji', emojiRoutes());
  const findFile = openFiles(dashboardDir);
  // The same door as everyone's: what draws a page is shown nothing that the person would not be.
  const readFor = (c: Context<GatewayEnv>) => async (address: string) => {
    const caller = c.get('caller');
    const response = await app.request((publicUrl ?? '') + address, {}, caller && { caller });
    return { status: response.status, body: await response.text() };
  };
  const page = createPage({ dashboardDir, findFile, drawPage, readFor, log });
  app.get('*', files(findFile), identifyCaller, page);
  return app;
}

function createServices(options: GatewayOptions): Services {
  const { upstream, database, log, publicUrl, origin, sendMail, tell } = options;
  const { db } = database;
  const findAddress = clientAddress(options.trustedProxies ?? []);
  const findActor = createFindActor(upstream);
  return {
    db,
    signIn: createSignIn({ db, settings: { ...options.signIn, publicUrl }, log }),
    throttle: createThrottle(database),
    upstream,
    carryOut: createCarryOut({ upstream, db, log }),
    findActor,
    actAs: createActAs(findActor),
    wakeBatch: options.wakeBatch ?? (() => {}),
    events: createEvents({ database, log, stopping: options.stopping }),
    origin,
    sendMail,
    tell,
    addressOf: (c) => {
      const address = findAddress(c);
      return { address, key: addressKey(address) };
    },
    log,
  };
}

/** Gives the request its id, and its answer the id and a line in the log. */
function identify(log: Logger): MiddlewareHandler<GatewayEnv> {
  return async (c, next) => {
    c.set('requestId', randomUUID());
    const startedAt = performance.now();
    await next();
    const requestId = c.get('requestId');
    c.res.headers.set('X-Request-Id', requestId);
    const level = c.res.status >= 500 ? 'warn' : 'debug';
    if (!log.isLevelEnabled(level)) return;
    const ms = Math.round(performance.now() - startedAt);
    log[level]({ method: c.req.method, path: c.req.path, status: c.res.status, ms, requestId }, 'answered');
  };
}

const neverStored: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  await next();
  c.res.headers.set('Cache-Control', 'no-store');
};

/** The built files; every other address that a person may have typed or bookmarked is the page's to explain. */
function files(findFile: ReturnType<typeof openFiles>): MiddlewareHandler<GatewayEnv> {
  return async (c, next) => {
    const file = await findFile(c.req.path);
    if (file) return sendFile(c, file, c.req.path.startsWith('/assets/') ? immutable : revalidated);
    if (!isPageAddress(c.req.path) || !(c.req.path === '/' || c.req.header('accept')?.includes('text/html'))) {
      throw notFound();
    }
    return next();
  };
}

/** No address of a screen starts like a folder of files or of the API, or names a file. */
function isPageAddress(pathname: string): boolean {
  return !/^\/(?:api|gateway|emoji|assets|src|node_modules)(?:\/|$)|\.|@/.test(pathname);
}
