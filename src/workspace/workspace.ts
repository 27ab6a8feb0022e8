import { Hono } from 'hono';
import type { Logger } from 'pino';
import { openApiDocument } from '#contract/openapi.ts';
import type { OperationName } from '#contract/operations.ts';
import { operations } from '#contract/operations.ts';
import { adminRoutes } from './admins/routes.ts';
import { companyRoutes } from './companies/routes.ts';
import { contactRoutes } from './contacts/routes.ts';
import { contactSearchRoutes } from './contacts/search-routes.ts';
import { authenticator, type InnerAccess } from './http/authentication.ts';
import { type RateLimit, rateLimiter } from './http/rate-limit.ts';
import type { Refusal } from './http/refusal.ts';
import type { Route, Services } from './http/route.ts';
import { answerFailures, identifyCaller, serveRoutes, type WorkspaceApp } from './http/server.ts';
import { tagRoutes } from './tags/routes.ts';
import { teamRoutes } from './teams/routes.ts';
import { ticketTypeRoutes } from './ticket-types/routes.ts';
import { ticketRoutes } from './tickets/routes.ts';
import { ticketSearchRoutes } from './tickets/search-routes.ts';

export interface WorkspaceOptions extends Services {
  log: Logger;
  rateLimit: RateLimit | 'off';
  /** Lets in who runs in the same process, whatever the workspace's own token is. */
  inner?: InnerAccess | undefined;
  /** For tests of clients: what it returns is what the operation answers with. */
  faults?: ((operation: OperationName, request: Request) => Refusal | undefined) | undefined;
}

/** An API server that Intercom's clients can talk to, at the root path. */
export function createWorkspace(options: WorkspaceOptions): WorkspaceApp {
  const { db, clock, newId, log, rateLimit, inner, faults } = options;
  const routes: { [Name in OperationName]: Route<Name> } = {
    ...adminRoutes,
    ...companyRoutes,
    ...contactRoutes,
    ...contactSearchRoutes,
    ...tagRoutes,
    ...teamRoutes,
    ...ticketTypeRoutes,
    ...ticketRoutes,
    ...ticketSearchRoutes,
  };
  // One trailing slash is the same path.
  const app: WorkspaceApp = new Hono({ strict: false });
  answerFailures(app, { newId, log });
  // Says nothing but what the API is: no token is asked for.
  const description = JSON.stringify(openApiDocument(operations));
  app.get('/openapi.json', (context) => context.body(description, 200, { 'Content-Type': 'application/json' }));
  identifyCaller(app, db, {
    authenticate: authenticator(inner),
    takeCall: rateLimit === 'off' ? undefined : rateLimiter(rateLimit, clock),
  });
  serveRoutes(app, Object.values(routes), { db, clock, newId }, faults);
  return app;
}
