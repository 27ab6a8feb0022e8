import { describe, expect, test } from 'vitest';
import { createCsvCounter, createLineCounter, ShortFileError, transferRecords } from './export-stream.ts';

const csv = 'Id,Title\r\n1,"Two\r\nlines"\r\n2,"A ""quoted"" word"\r\n3,"x\n""\n"\r\n';

/** Every way to cut a text in two. */
const cuts = (text: string) => Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)]);

test('CSV has as many records wherever it is cut', () => {
  const counts = cuts(csv).map((pieces) => {
    const counter = createCsvCounter();
    for (const piece of pieces) counter.add(piece);
    return counter.records();
  });
  expect(new Set(counts)).toEqual(new Set([3]));
});

test('an export of nothing has no records', () => {
  const counter = createCsvCounter();
  expect(counter.records()).toBe(0);
  counter.add('Id,Title\r\n');
  expect(counter.records()).toBe(0);
});

test('a line that has not ended is no record', () => {
  const counter = createLineCounter();
  counter.add('{"id":"1"}\n{"id":');
  expect(counter.records()).toBe(1);
  counter.add('"2"}\n');
  expect(counter.records()).toBe(2);
});

describe('a transfer', () => {
  const encoder = new TextEncoder();
  const pieces = [encoder.encode(csv.slice(0, 20)), encoder.encode(csv.slice(20))];

  async function run(expected: number | undefined, breaksOff = false) {
    const kept: Uint8Array[] = [];
    const seen: number[] = [];
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        pull: (controller) => {
          const next = pieces[kept.length];
          if (next === undefined) return controller.close();
          if (breaksOff && kept.length > 0) return controller.error(new TypeError('network error'));
          controller.enqueue(next);
        },
      },
      { highWaterMark: 0 },
    );
    const written = await transferRecords({
      body,
      expected,
      counter: createCsvCounter(),
      write: (piece) => void kept.push(piece),
      onProgress: (records) => seen.push(records),
    });
    return { written, seen, text: new TextDecoder().decode(Buffer.concat(kept)) };
  }

  test('hands on every byte, and says how far it is', async () => {
    expect(await run(3)).toEqual({ written: 3, seen: [0, 3], text: csv });
  });

  test('of fewer records than were said is an error', async () => {
    await expect(run(4)).rejects.toMatchObject({ name: 'ShortFileError', written: 3, expected: 4 });
  });

  test('of more records than were said is an error', async () => {
    await expect(run(2)).rejects.toBeInstanceOf(ShortFileError);
  });

  test('that breaks off is an error', async () => {
    await expect(run(3, true)).rejects.toMatchObject({ name: 'ShortFileError', written: 0, expected: 3 });
  });
});
