import { randomUUID } from 'node:crypto';
import { Hono, type MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import type { About } from '#contract/gateway.ts';
import type { DrawPage } from '#contract/page.ts';
import { createApi } from './api.ts';
import { emojiRoutes } from './emoji/emoji-routes.ts';
import { immutable, openFiles, revalidated, sendFile } from './files.ts';
import type { GatewayEnv } from './gateway-env.ts';
import { guardAddress, guardOrigin } from './guard.ts';
import { createPage, readPage } from './page.ts';
import { createReadiness } from './readiness.ts';
import { envelope, notFound, Refusal } from './refusal.ts';
import { securityHeaders } from './security-headers.ts';
import type { Upstream } from './upstream.ts';

export interface GatewayOptions {
  upstream: Upstream;
  database: { ping(): Promise<void> };
  log: Logger;
  /** The folder with the built dashboard. */
  dashboardDir: string;
  /** The dashboard's own drawing of its screens, where it is built. */
  drawPage?: DrawPage | undefined;
}

/** What the browser talks to: the dashboard's files, the API of the upstream, and the gateway's own few answers. */
export function createGateway({ upstream, database, log, dashboardDir, drawPage }: GatewayOptions): Hono<GatewayEnv> {
  const app = new Hono<GatewayEnv>();
  const readiness = createReadiness(database, upstream);

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

  app.use(identify(log), securityHeaders(readPage(dashboardDir)), guardAddress);
  app.use('/api/*', guardOrigin, neverStored);
  app.use('/gateway/*', guardOrigin, neverStored);
  app.use('/emoji/*', guardOrigin);

  app.get('/healthz', neverStored, (c) => c.json({ status: 'ok' }));
  app.get('/readyz', neverStored, async (c) => {
    const { isReady, ...parts } = await readiness();
    return c.json({ status: isReady ? 'ready' : 'not ready', ...parts }, isReady ? 200 : 503);
  });
  app.get('/gateway/about', (c) => c.json({ upstream: upstream.kind, region: upstream.region } satisfies About));
  app.all('/api/*', createApi(upstream));
  app.route('/emoji', emojiRoutes());
  const findFile = openFiles(dashboardDir);
  // The same door as everyone's: what draws a page is shown nothing that the person would not be.
  const read = async (address: string) => {
    const response = await app.request(address);
    return { status: response.status, body: await response.text() };
  };
  app.get('*', files(findFile), createPage({ dashboardDir, findFile, drawPage, read, log }));
  return app;
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
