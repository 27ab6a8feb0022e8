import type { RouteObject } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { drawnByServer } from '../../lib/use-drawn-by-server.ts';

export const ticketRoutes: RouteObject[] = [
  {
    path: paths.tickets.pattern,
    handle: drawnByServer,
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
    lazy: {
      loader: async () => (await import('./ticket-list-page.tsx')).ticketListLoader,
      Component: async () => (await import('./ticket-list-page.tsx')).TicketListPage,
    },
  },
  {
    path: paths.newTicket.pattern,
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
    lazy: { Component: async () => (await import('./new-ticket-page.tsx')).NewTicketPage },
  },
  {
    path: paths.importTickets.pattern,
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
    lazy: { Component: async () => (await import('./import-page.tsx')).ImportPage },
  },
  {
    path: paths.ticket.pattern,
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
    lazy: { Component: async () => (await import('./ticket-page.tsx')).TicketPage },
  },
];
