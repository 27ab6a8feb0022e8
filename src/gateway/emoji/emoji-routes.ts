import { type Context, Hono } from 'hono';
import { chooseEncoding, compress } from '../encoding.ts';
import { immutable, revalidated, type StoredFile, sendFile, storedFile } from '../files.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { notFound, Refusal } from '../refusal.ts';
import { openGraphics, twemojiFolder } from './graphics.ts';
import { buildPickerData } from './picker-data.ts';
import { remembered } from './remembered.ts';
import { createSheetCache } from './sheet-cache.ts';

const list = /^[0-9a-f,-]+$/;
const mostInSheet = 48;
const mostBytesOfSheets = 20 * 1024 * 1024;
const bytes = (text: string) => new Uint8Array(Buffer.from(text));

/** The graphics, one by one or many in a sheet, and the data of the icon picker. All are made when first asked for. */
export function emojiRoutes(folder = twemojiFolder): Hono<GatewayEnv> {
  const app = new Hono<GatewayEnv>();
  const graphics = openGraphics(folder);
  const pickerData = remembered(async () => {
    const data = JSON.stringify(await buildPickerData(await graphics.files()));
    return withEncodings(storedFile('application/json; charset=utf-8', bytes(data)), 9);
  });
  const sheetOf = createSheetCache(
    async (names) => withEncodings(storedFile('image/svg+xml', bytes(await graphics.sheet(names))), 5),
    mostBytesOfSheets,
  );

  app.get('/data.json', async (c) => sendFile(c, await pickerData(), revalidated));

  app.get('/sheet.svg', async (c) => {
    const asked = c.req.query('i') ?? '';
    const names = asked.split(',');
    if (names.length > mostInSheet || !list.test(asked)) {
      throw new Refusal(400, 'parameter_invalid', `"i" takes 1 to ${mostInSheet} names such as 1f39f, with commas.`);
    }
    // One record with an icon that nobody can draw takes nothing from the others in its list.
    const files = await graphics.files();
    const drawn = [...new Set(names)].filter((name) => files.has(name));
    return sendFile(c, await sheetOf(drawn.sort((a, b) => (a < b ? -1 : 1))), immutable);
  });

  app.get('/:file{[0-9a-f-]+\\.svg}', async (c) => {
    const svg = await graphics.read(c.req.param('file').slice(0, -'.svg'.length));
    if (svg === undefined) throw notFound();
    return sendFile(c, await encodedFor(c, storedFile('image/svg+xml', bytes(svg))), immutable);
  });

  return app;
}

async function withEncodings(file: StoredFile, quality: number): Promise<StoredFile> {
  const [br, gzip] = await Promise.all([compress(file.plain, 'br', quality), compress(file.plain, 'gzip')]);
  return { ...file, encoded: { ...(br && { br }), ...(gzip && { gzip }) } };
}

async function encodedFor(c: Context<GatewayEnv>, file: StoredFile): Promise<StoredFile> {
  const encoding = chooseEncoding(c.req.header('accept-encoding'));
  const body = await compress(file.plain, encoding);
  return encoding === undefined || body === undefined ? file : { ...file, encoded: { [encoding]: body } };
}
