/** Counts the records of a file while it comes in pieces, however it is cut. */
export interface RecordCounter {
  add: (piece: string) => void;
  /** How many whole records there were so far, headings left out. */
  records: () => number;
}

/** Counts lines that end. */
export function createLineCounter(): RecordCounter {
  let lines = 0;
  return {
    add: (piece) => {
      for (let at = piece.indexOf('\n'); at !== -1; at = piece.indexOf('\n', at + 1)) lines += 1;
    },
    records: () => lines,
  };
}

/** Counts the records of CSV with a line of headings: a line break in quotes ends none. */
export function createCsvCounter(): RecordCounter {
  const token = /["\n]/g;
  let isQuoted = false;
  let ended = 0;
  return {
    add: (piece) => {
      for (const { 0: mark } of piece.matchAll(token)) {
        // Two quotes in a row, for one within, leave the state as it was.
        if (mark === '"') isQuoted = !isQuoted;
        else if (!isQuoted) ended += 1;
      }
    },
    records: () => Math.max(0, ended - 1),
  };
}

/** The file came to an end that is not its own. */
export class ShortFileError extends Error {
  override readonly name = 'ShortFileError';
  readonly written: number;
  readonly expected: number | undefined;

  constructor(written: number, expected: number | undefined, cause?: unknown) {
    super('The file is not whole.', { cause });
    this.written = written;
    this.expected = expected;
  }
}

interface Transfer {
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** How many records there are to be; undefined where nobody has said. */
  expected: number | undefined;
  counter: RecordCounter;
  write: (piece: Uint8Array<ArrayBuffer>) => Promise<void> | void;
  onProgress: (records: number) => void;
}

/** Hands a file on as it comes, and counts it. Throws a `ShortFileError` where it breaks off or is not of the length said. */
export async function transferRecords({ body, expected, counter, write, onProgress }: Transfer): Promise<number> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    let read: ReadableStreamReadResult<Uint8Array<ArrayBuffer>>;
    try {
      read = await reader.read();
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
      throw new ShortFileError(counter.records(), expected, cause);
    }
    if (read.done) break;
    counter.add(decoder.decode(read.value, { stream: true }));
    await write(read.value);
    onProgress(counter.records());
  }
  const written = counter.records();
  if (expected !== undefined && written !== expected) throw new ShortFileError(written, expected);
  return written;
}
