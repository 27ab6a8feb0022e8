import type { RouteObject, ShouldRevalidateFunctionArgs } from 'react-router';
import { paths, requiredParam } from '../../lib/paths.ts';
import { queryClientContext } from '../../lib/query-client.ts';
import { sessionQueries } from '../../lib/session.ts';
import { drawnByServer } from '../../lib/use-drawn-by-server.ts';
import { ticketTypeQueries } from './queries.ts';

/** A changed filter is a changed address, but the same data. */
function shouldRevalidate({ currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean {
  const isFilter = currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search;
  return !isFilter && defaultShouldRevalidate;
}

// Loaders only start what the page will need, so that code and data come together. The page waits, in its own layout.
export const ticketTypeRoutes: RouteObject[] = [
  {
    path: paths.ticketTypes.pattern,
    shouldRevalidate,
    loader: ({ context }) => {
      void context.get(queryClientContext).prefetchQuery(ticketTypeQueries.list());
      return null;
    },
    handle: drawnByServer,
    lazy: { Component: async () => (await import('./ticket-type-list-page.tsx')).TicketTypeListPage },
  },
  {
    path: paths.newTicketType.pattern,
    // Whether the form is for this person is known before it is drawn. Why it could not be read is shown elsewhere.
    loader: async ({ context }) => {
      await context.get(queryClientContext).prefetchQuery(sessionQueries.current());
      return null;
    },
    lazy: { Component: async () => (await import('./new-ticket-type-page.tsx')).NewTicketTypePage },
  },
  {
    path: paths.ticketType.pattern,
    shouldRevalidate,
    loader: ({ params, context }) => {
      void context
        .get(queryClientContext)
        .prefetchQuery(ticketTypeQueries.detail(requiredParam(params, 'ticketTypeId')));
      return null;
    },
    lazy: { Component: async () => (await import('./ticket-type-page.tsx')).TicketTypePage },
  },
];
