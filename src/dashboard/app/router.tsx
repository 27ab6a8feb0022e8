import { createBrowserRouter, Navigate } from 'react-router';
import { ticketTypeRoutes } from '../features/ticket-types/routes.tsx';
import { paths } from '../lib/paths.ts';
import { NotFound } from './not-found.tsx';
import { RouteError } from './route-error.tsx';
import { Shell } from './shell.tsx';

/** The dashboard's routes. Each area brings its own. */
export function createRouter() {
  return createBrowserRouter([
    {
      element: <Shell />,
      errorElement: <RouteError isRoot />,
      children: [
        {
          errorElement: <RouteError />,
          children: [
            { path: paths.home.pattern, element: <Navigate to={paths.ticketTypes.href()} replace /> },
            ...ticketTypeRoutes,
            { path: '*', element: <NotFound /> },
          ],
        },
      ],
    },
  ]);
}
