/** What the shell opens over the screen. */
export type Overlay = 'palette' | 'shortcuts' | 'sign-out';
