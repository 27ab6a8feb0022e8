import type { RouteObject, ShouldRevalidateFunctionArgs } from 'react-router';
import { paths } from '../../lib/paths.ts';

export const activityRoutes: RouteObject[] = [
  {
    path: paths.activity.pattern,
    shouldRevalidate: ({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs) =>
      currentUrl.pathname !== nextUrl.pathname,
    lazy: { Component: async () => (await import('./activity-page.tsx')).ActivityPage },
  },
];
