import * as z from 'zod/mini';
import { stored } from './stored.ts';

export const themes = ['system', 'light', 'dark'] as const;

/** The chosen theme. index.html reads the same item before the first paint. */
export const theme = stored('theme', z.enum(themes));

/** Whether the rail shows icons only. index.html reads it too. */
export const railCollapsed = stored('rail-collapsed', z.boolean());

/** Makes the page follow the chosen theme. */
export function applyTheme(): void {
  const chosen = theme.get();
  mark('theme', chosen === 'light' || chosen === 'dark' ? chosen : undefined);
}

/** Makes the rail as wide as was chosen. */
export function applyRail(): void {
  mark('rail', railCollapsed.get() === true ? 'collapsed' : undefined);
}

function mark(name: string, value: string | undefined): void {
  const { dataset } = document.documentElement;
  if (value === undefined) delete dataset[name];
  else dataset[name] = value;
}
