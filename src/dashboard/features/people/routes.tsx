import type { RouteObject, ShouldRevalidateFunctionArgs } from 'react-router';
import { paths } from '../../lib/paths.ts';

export const peopleRoutes: RouteObject[] = [
  {
    path: paths.people.pattern,
    shouldRevalidate: ({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs) =>
      currentUrl.pathname !== nextUrl.pathname,
    lazy: { Component: async () => (await import('./people-page.tsx')).PeoplePage },
  },
];
