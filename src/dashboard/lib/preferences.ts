import * as z from 'zod/mini';
import { stored } from './stored.ts';

export const themes = ['system', 'light', 'dark'] as const;

/** The chosen theme. index.html reads the same item before the first paint. */
export const theme = stored('theme', z.enum(themes));

/** Whether the rail shows icons only. */
export const railCollapsed = stored('rail-collapsed', z.boolean());

/** Makes the page follow the chosen theme. */
export function applyTheme(): void {
  const chosen = theme.get();
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
}
