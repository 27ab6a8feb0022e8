import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Context, Handler } from 'hono';
import type { Logger } from 'pino';
import type { DrawnScreen, DrawPage, ReadAddress } from '#contract/page.ts';
import { chooseEncoding, compressor } from './encoding.ts';
import { revalidated, type StoredFile, sendFile } from './files.ts';
import type { GatewayEnv } from './gateway-env.ts';
import { createPageHints } from './page-hints.ts';
import { Refusal } from './refusal.ts';

const pagePath = '/index.html';

export function readPage(dashboardDir: string): string {
  try {
    return readFileSync(path.join(dashboardDir, pagePath), 'utf8');
  } catch {
    return '';
  }
}

/** The screens for who is not signed in. */
const isPublic = (pathname: string) => /^\/(?:sign-in|forgot-password|welcome)$/.test(pathname);

/** The sign-in page, which leads on to where the person wanted to go. */
function signInPath({ pathname, search }: URL): string {
  const next = pathname + search;
  return next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
}

export interface PageOptions {
  dashboardDir: string;
  findFile: (urlPath: string) => Promise<StoredFile> | undefined;
  /** Draws the screens that the server can draw; without it, the browser draws all of them. */
  drawPage?: DrawPage | undefined;
  /** What a drawing reads, for whoever asks for the page. */
  readFor: (c: Context<GatewayEnv>) => ReadAddress;
  log: Logger;
}

// The scripts wait for the end of the page. Later than this they rather begin without the screen.
const longestDrawingMs = 1_000;
const root = '<div id="root">';
const rootEnd = '</div>';

/** The page of every screen. Where the server can draw the screen, it comes with the page, and is seen before a script. */
export function createPage({ dashboardDir, findFile, drawPage, readFor, log }: PageOptions): Handler<GatewayEnv> {
  const hintsFor = createPageHints(dashboardDir);
  const [before = '', after = ''] = readPage(dashboardDir).split(root + rootEnd);

  const failed = (error: unknown) => {
    log.error({ err: error }, 'a screen could not be drawn; the browser draws it');
    return undefined;
  };

  return async (c) => {
    const page = await findFile(pagePath);
    if (!page)
      throw new Refusal(404, 'not_found', 'The dashboard is not built; run "npm run build", then start again.');
    if (c.get('caller') === undefined && !isPublic(c.req.path)) {
      c.header('Cache-Control', 'no-store');
      return c.redirect(signInPath(new URL(c.req.url)));
    }
    const isOpened = (c.req.header('sec-fetch-dest') ?? 'document') === 'document';
    const drawing = isOpened ? await drawPage?.(c.req.url, readFor(c)).catch(failed) : undefined;
    if (drawing && 'redirect' in drawing) return c.redirect(drawing.redirect);
    const hints = hintsFor(c.req.path, { withData: drawing === undefined });
    if (hints !== '') c.header('Link', hints);
    if (drawing === undefined) return sendFile(c, page, revalidated);

    const screen = Promise.race([drawing.screen.catch(failed), wait(longestDrawingMs, undefined, { ref: false })]);
    return sendDrawn(c, before + root, screen, after);
  };
}

/** Sends `before` at once, and the rest when the screen is drawn. It is one person's and of this moment: never kept. */
function sendDrawn(
  c: Context<GatewayEnv>,
  before: string,
  screen: Promise<DrawnScreen | undefined>,
  after: string,
): Response {
  const encoding = chooseEncoding(c.req.header('accept-encoding'));
  const stream = compressor(encoding);
  // Whoever has gone away needs no rest.
  stream.on('error', () => {});
  stream.write(before);
  stream.flush();
  void screen.then((drawn) => stream.end((drawn?.html ?? '') + rootEnd + (drawn ? dataOf(drawn) : '') + after));
  c.header('Content-Type', 'text/html; charset=utf-8');
  c.header('Cache-Control', 'no-store');
  c.header('Vary', 'Accept-Encoding');
  if (encoding !== undefined) c.header('Content-Encoding', encoding);
  return c.body(Readable.toWeb(stream) as ReadableStream);
}

/** Not a script: a browser runs no JSON, whatever it says. No `<` in it can end the element. */
function dataOf({ data }: DrawnScreen): string {
  return `<script type="application/json" id="drawn-from">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;
}
