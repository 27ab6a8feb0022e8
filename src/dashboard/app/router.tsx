import { createBrowserRouter, type RouteObject, RouterContextProvider, redirect } from 'react-router';
import { outsideRoutes, settingsRoutes } from '../features/account/routes.tsx';
import { activityRoutes } from '../features/activity/routes.tsx';
import { peopleRoutes } from '../features/people/routes.tsx';
import { ticketTypeRoutes } from '../features/ticket-types/routes.tsx';
import { ticketRoutes } from '../features/tickets/routes.tsx';
import { paths } from '../lib/paths.ts';
import { queryClient, queryClientContext } from '../lib/query-client.ts';
import { sessionQueries } from '../lib/session.ts';
import { drawnByServer } from '../lib/use-drawn-by-server.ts';
import { workspaceQueries } from '../lib/workspace.ts';
import { RouteError } from './route-error.tsx';
import { Shell } from './shell.tsx';

declare module 'react-router' {
  interface Future {
    /** Gives loaders a typed context. */
    v8_middleware: true;
  }
}

/** The dashboard's routes. Each area brings its own. Loaders start what a screen reads, and do not wait for it. */
export const routes: RouteObject[] = [
  {
    element: <Shell />,
    errorElement: <RouteError isRoot />,
    shouldRevalidate: () => false,
    loader: ({ context }) => {
      const client = context.get(queryClientContext);
      void client.prefetchQuery(sessionQueries.current());
      void client.prefetchQuery(workspaceQueries.me());
      void client.prefetchQuery(workspaceQueries.about());
      return null;
    },
    children: [
      {
        errorElement: <RouteError />,
        children: [
          { path: paths.home.pattern, loader: () => redirect(paths.tickets.href()) },
          ...ticketRoutes,
          ...ticketTypeRoutes,
          ...peopleRoutes,
          ...activityRoutes,
          ...settingsRoutes,
          {
            path: '*',
            handle: drawnByServer,
            lazy: { Component: async () => (await import('./not-found.tsx')).NotFound },
          },
        ],
      },
    ],
  },
  { errorElement: <RouteError isRoot />, children: outsideRoutes },
];

/** The context that loaders find `client` in. */
export function routerContext(client: typeof queryClient): RouterContextProvider {
  return new RouterContextProvider(new Map([[queryClientContext, client]]));
}

/** The router of the page, in the browser. */
export function createRouter() {
  return createBrowserRouter(routes, { getContext: () => routerContext(queryClient) });
}
