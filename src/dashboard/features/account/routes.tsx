import { lazy } from 'react';
import type { RouteObject } from 'react-router';
import { paths } from '../../lib/paths.ts';

/** The question to sign in again, over the screen as it stands. */
export const SignInAgain = lazy(async () => ({ default: (await import('./sign-in-again.tsx')).SignInAgain }));

/** The pages for who is not signed in; they stand without the shell. */
export const outsideRoutes: RouteObject[] = [
  {
    path: paths.signIn.pattern,
    lazy: { Component: async () => (await import('./sign-in-page.tsx')).SignInPage },
  },
  {
    path: paths.forgotPassword.pattern,
    lazy: { Component: async () => (await import('./forgot-password-page.tsx')).ForgotPasswordPage },
  },
  {
    path: paths.welcome.pattern,
    lazy: { Component: async () => (await import('./welcome-page.tsx')).WelcomePage },
  },
];

export const settingsRoutes: RouteObject[] = [
  {
    path: paths.settings.pattern,
    lazy: { Component: async () => (await import('./settings-page.tsx')).SettingsPage },
  },
];
