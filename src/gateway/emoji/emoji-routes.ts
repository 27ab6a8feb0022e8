import { type Context, Hono } from 'hono';
import { chooseEncoding, compress } from '../encoding.ts';
import { immutable, revalidated, type StoredFile, sendFile, storedFile } from '../files.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { notFound, Refusal } from '../refusal.ts';
import { buildSheet, readGraphic } from './graphics.ts';
import { buildPickerData } from './picker-data.ts';

const name = /^[0-9a-f]{1,6}(?:-[0-9a-f]{1,6}){0,15}$/;
const mostInSheet = 500;
const mostSheetsKept = 100;
const bytes = (text: string) => new Uint8Array(Buffer.from(text));

/** Twemoji's graphics, one by one or many in a sheet, and the data of the icon picker. All are made when first asked for. */
export function emojiRoutes(): Hono<GatewayEnv> {
  const app = new Hono<GatewayEnv>();
  const sheets = new Map<string, Promise<StoredFile>>();
  let pickerData: Promise<StoredFile> | undefined;

  app.get('/data.json', async (c) => {
    pickerData ??= loadPickerData();
    return sendFile(c, await pickerData, revalidated);
  });

  app.get('/sheet.svg', async (c) => {
    const names = (c.req.query('i') ?? '').split(',');
    if (names.length > mostInSheet || !names.every((one) => name.test(one))) {
      throw new Refusal(400, 'parameter_invalid', `"i" takes 1 to ${mostInSheet} names such as 1f39f, with commas.`);
    }
    const key = names.join();
    const sheet = sheets.get(key) ?? loadSheet(names);
    sheets.delete(key);
    sheets.set(key, sheet);
    for (const oldest of [...sheets.keys()].slice(0, -mostSheetsKept)) sheets.delete(oldest);
    return sendFile(c, await sheet, immutable);
  });

  app.get('/:file{[0-9a-f-]+\\.svg}', async (c) => {
    const svg = await readGraphic(c.req.param('file').slice(0, -'.svg'.length));
    if (svg === undefined) throw notFound();
    return sendFile(c, await encodedFor(c, storedFile('image/svg+xml', bytes(svg))), immutable);
  });

  return app;
}

async function loadPickerData(): Promise<StoredFile> {
  const file = storedFile('application/json; charset=utf-8', bytes(JSON.stringify(await buildPickerData())));
  return withEncodings(file, 9);
}

async function loadSheet(names: string[]): Promise<StoredFile> {
  return withEncodings(storedFile('image/svg+xml', bytes(await buildSheet(names))), 5);
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
