import { expect, test } from 'vitest';
import { storedFile } from '../files.ts';
import { createSheetCache } from './sheet-cache.ts';

function countingCache(mostBytes: number) {
  const loaded: string[] = [];
  const sheetOf = createSheetCache(async (names) => {
    loaded.push(names.join());
    return storedFile('image/svg+xml', new Uint8Array(100));
  }, mostBytes);
  return { loaded, sheetOf };
}

test('a sheet is made once, however many ask at a time', async () => {
  const { loaded, sheetOf } = countingCache(1000);
  const [one, other] = await Promise.all([sheetOf(['a', 'b']), sheetOf(['a', 'b'])]);
  expect(await sheetOf(['a', 'b'])).toBe(one);
  expect(other).toBe(one);
  expect(loaded).toEqual(['a,b']);
});

test('what was asked for longest ago goes first when the bytes are used up', async () => {
  const { loaded, sheetOf } = countingCache(250);
  for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await sheetOf([name]);
  expect(loaded).toEqual(['a', 'b', 'c', 'b']);
});

test('a sheet larger than the whole cache is answered and not kept', async () => {
  const { loaded, sheetOf } = countingCache(50);
  expect((await sheetOf(['a'])).plain.byteLength).toBe(100);
  await sheetOf(['a']);
  expect(loaded).toEqual(['a', 'a']);
});
