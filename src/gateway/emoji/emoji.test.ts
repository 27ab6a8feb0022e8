import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isEmoji } from '#contract/emoji.ts';
import { twemojiName } from '#contract/emoji-name.ts';
import { gatewayOn, recordingUpstream } from '../testing.gateway.ts';
import { emojiRoutes } from './emoji-routes.ts';
import type { PickerData } from './picker-data.ts';

const app = gatewayOn(recordingUpstream().upstream);
const folder = path.dirname(createRequire(import.meta.url).resolve('@twemoji/svg/package.json'));
const drawn = readdirSync(folder).flatMap((file) => (file.endsWith('.svg') ? [file.slice(0, -'.svg'.length)] : []));
const emojiOf = (name: string) => String.fromCodePoint(...name.split('-').map((code) => Number.parseInt(code, 16)));

const idsOf = (sheet: string) => [...sheet.matchAll(/<symbol id="([^"]+)"/g)].map(([, id]) => id);

async function pickerData(): Promise<PickerData> {
  return JSON.parse(await (await app.request('/emoji/data.json')).text());
}

describe('the picker’s data', () => {
  test('offers exactly the emoji that have a graphic', async () => {
    const { emojis } = await pickerData();
    const offered = emojis.flatMap(({ emoji, skins = {}, aliases = [] }) => [
      emoji,
      ...Object.values(skins),
      ...aliases,
    ]);
    const names = offered.map(twemojiName);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(names)).toEqual(new Set(drawn.map(emojiOf).filter(isEmoji).map(twemojiName)));
    expect(offered.filter((emoji) => !isEmoji(emoji))).toEqual([]);
  });

  test('leaves out only graphics of what is no emoji by itself', async () => {
    const others = drawn.filter((name) => !isEmoji(emojiOf(name)));
    const parts = others.filter((name) => /^1f(1[ef][0-9a-f]|3f[b-f])$/.test(name));
    expect(parts).toHaveLength(26 + 5);
    expect(others.filter((name) => !parts.includes(name))).toEqual(['e50a']);
  });

  test('has what the picker shows of each', async () => {
    const { emojis, categories, skinTones, locale } = await pickerData();
    expect(locale).toBe('en');
    expect(emojis.find(({ emoji }) => emoji === '🎟️')).toEqual({
      emoji: '🎟️',
      category: 6,
      label: 'Admission tickets',
      version: 0.7,
      tags: ['admission', 'ticket', 'tickets'],
    });
    const waving = emojis.find(({ emoji }) => emoji === '👋');
    expect(waving?.skins).toEqual({
      light: '👋🏻',
      'medium-light': '👋🏼',
      medium: '👋🏽',
      'medium-dark': '👋🏾',
      dark: '👋🏿',
    });
    expect(emojis.find(({ emoji }) => emoji === '⛷️')?.skins?.dark).toBe('⛷🏿');
    expect(categories.map(({ label }) => label)).toEqual([
      'Smileys & emotion',
      'People & body',
      'Components',
      'Animals & nature',
      'Food & drink',
      'Travel & places',
      'Activities',
      'Objects',
      'Symbols',
      'Flags',
    ]);
    expect(skinTones['medium-light']).toBe('Medium-light skin tone');
    const indices = new Set(categories.map(({ index }) => index));
    expect(emojis.filter(({ category, label }) => !indices.has(category) || !/^[A-Z0-9“‘]/.test(label))).toEqual([]);
  });

  test('is sent compressed, and only when it has changed', async () => {
    const response = await app.request('/emoji/data.json', { headers: { 'Accept-Encoding': 'br' } });
    expect(response.headers.get('content-encoding')).toBe('br');
    expect((await response.arrayBuffer()).byteLength).toBeLessThan(80_000);
    const etag = response.headers.get('etag') ?? '';
    expect((await app.request('/emoji/data.json', { headers: { 'If-None-Match': etag } })).status).toBe(304);
  });
});

describe('single graphics', () => {
  test.each(['🎟️', '🐛', '👁️‍🗨️', '🤷‍♂️', '🤷‍♂', '3️⃣', '🇮🇪', '❤', '❤️'])('%s, however it is spelled', async (emoji) => {
    const response = await app.request(`/emoji/${twemojiName(emoji)}.svg`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/svg+xml');
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(await response.text()).toMatch(/^<svg /);
  });

  test('are found by Twemoji’s own names too', async () => {
    expect((await app.request('/emoji/1f574-fe0f-200d-2640-fe0f.svg')).status).toBe(200);
  });

  test.each(['1f9999', 'package.json', '..', '1F39F', 'license', '1f39f.png'])('404 for %s', async (name) => {
    expect((await app.request(`/emoji/${name}.svg`)).status).toBe(404);
  });
});

describe('a sheet', () => {
  test('holds each graphic that was asked for once, and skips the unknown', async () => {
    const response = await app.request('/emoji/sheet.svg?i=1f39f,1f41b,1f39f,fffff');
    expect(response.headers.get('content-type')).toBe('image/svg+xml');
    expect(response.headers.get('cache-control')).toContain('immutable');
    const sheet = await response.text();
    expect([...sheet.matchAll(/<symbol id="([^"]+)" viewBox="([^"]+)">/g)].map((match) => match.slice(1))).toEqual([
      ['1f39f', '0 0 36 36'],
      ['1f41b', '0 0 36 36'],
    ]);
    expect(sheet.match(/<svg/g)).toHaveLength(1);
  });

  test.each([
    ['unknown', 'fffff'],
    ['no code point', '1234567'],
    ['of too many code points', Array(17).fill('1f39f').join('-')],
    ['empty', ''],
    ['only dashes', '--'],
    ['spelled with a variation selector', '1f574-fe0f-200d-2640-fe0f'],
  ])('leaves out a name that is %s', async (_, name) => {
    const response = await app.request(`/emoji/sheet.svg?i=1f41b,${name},1f39f`);
    expect(response.status).toBe(200);
    expect(idsOf(await response.text())).toEqual(['1f39f', '1f41b']);
    const alone = await app.request(`/emoji/sheet.svg?i=${name || ','}`);
    expect(alone.status).toBe(200);
    expect(idsOf(await alone.text())).toEqual([]);
  });

  test('is the same for the same set, in whatever order', async () => {
    const [one, other] = ['1f39f,1f41b', '1f41b,1f39f,1f41b'].map((names) =>
      app.request(`/emoji/sheet.svg?i=${names}`),
    );
    expect((await one)?.headers.get('etag')).toBe((await other)?.headers.get('etag'));
  });

  test('keeps the clip paths of its graphics apart', async () => {
    const sheet = await (await app.request('/emoji/sheet.svg?i=1f6dc,1fae8,1fa87')).text();
    const ids = [...sheet.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const used = [...sheet.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id);
    expect(used.length).toBeGreaterThan(2);
    expect(used.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('comes in one answer for a whole list, compressed', async () => {
    const names = drawn.slice(500, 548).map((name) => twemojiName(emojiOf(name)));
    const path = `/emoji/sheet.svg?i=${encodeURIComponent(names.join())}`;
    const [plain, packed] = [
      await app.request(path),
      await app.request(path, { headers: { 'Accept-Encoding': 'br' } }),
    ];
    expect((await plain.text()).match(/<symbol /g)).toHaveLength(48);
    expect(packed.headers.get('content-encoding')).toBe('br');
  });

  test.each(['', '?i=', '?i=1f39f;1f41b', '?i=../1f39f', '?i=1F39F', `?i=${Array(49).fill('1f39f').join()}`])(
    '400 for %s',
    async (query) => {
      expect((await app.request(`/emoji/sheet.svg${query}`)).status).toBe(400);
    },
  );
});

describe('a failed read is not remembered', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><path d="M0 0h9"/></svg>';
  const open = (graphics: string) => emojiRoutes(graphics).onError((_, c) => c.body(null, 500));
  const inTemporaryFolder = () => path.join(mkdtempSync(path.join(tmpdir(), 'deskbell-emoji-')), 'graphics');

  test.each(['/sheet.svg?i=1f39f', '/data.json', '/1f39f.svg'])('of the list of graphics: %s', async (address) => {
    const graphics = inTemporaryFolder();
    const routes = open(graphics);
    expect((await routes.request(address)).status).toBe(500);
    mkdirSync(graphics);
    writeFileSync(path.join(graphics, '1f39f.svg'), svg);
    const response = await routes.request(address);
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/M0 0h9|Admission tickets/);
  });

  test('of a graphic in a sheet', async () => {
    const graphics = inTemporaryFolder();
    const file = path.join(graphics, '1f39f.svg');
    mkdirSync(file, { recursive: true });
    const routes = open(graphics);
    expect((await routes.request('/sheet.svg?i=1f39f')).status).toBe(500);
    rmSync(file, { recursive: true });
    writeFileSync(file, svg);
    expect(idsOf(await (await routes.request('/sheet.svg?i=1f39f')).text())).toEqual(['1f39f']);
  });
});
