/** A screen as the server draws it, before the browser has any script. */
export interface DrawnScreen {
  /** The markup inside of the page's root element. */
  html: string;
  /** What it was drawn from, for the browser to go on with: JSON. */
  data: unknown;
}

/** Answers a GET of an address of the gateway as it would be answered to whoever asks for the page. */
export type ReadAddress = (address: string) => Promise<{ status: number; body: string }>;

/**
 * Draws the screen at a URL, as the dashboard's own code says. Undefined is a screen that only the browser draws.
 * `screen` is undefined where something could not be read: the browser then reads it itself, and shows why.
 */
export type DrawPage = (
  url: string,
  read: ReadAddress,
) => Promise<{ redirect: string } | { screen: Promise<DrawnScreen | undefined> } | undefined>;
