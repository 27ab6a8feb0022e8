import type { StoredFile } from '../files.ts';

const bytesOf = ({ plain, encoded }: StoredFile) =>
  [plain, encoded.br, encoded.gzip].reduce((sum, form) => sum + (form?.byteLength ?? 0), 0);

/** `load`, with the sheets that were asked for last kept in at most `mostBytes`. No failure is kept. */
export function createSheetCache(
  load: (names: string[]) => Promise<StoredFile>,
  mostBytes: number,
): (names: string[]) => Promise<StoredFile> {
  const kept = new Map<string, StoredFile>();
  const loading = new Map<string, Promise<StoredFile>>();
  let bytes = 0;

  const remove = (key: string) => {
    const sheet = kept.get(key);
    if (sheet === undefined) return;
    kept.delete(key);
    bytes -= bytesOf(sheet);
  };
  const keep = (key: string, sheet: StoredFile) => {
    remove(key);
    kept.set(key, sheet);
    bytes += bytesOf(sheet);
    for (const oldest of kept.keys()) {
      if (bytes <= mostBytes) return;
      remove(oldest);
    }
  };
  const loadAndKeep = async (names: string[], key: string) => {
    try {
      const sheet = await load(names);
      keep(key, sheet);
      return sheet;
    } finally {
      loading.delete(key);
    }
  };

  return async (names) => {
    const key = names.join();
    const known = kept.get(key);
    if (known !== undefined) {
      keep(key, known);
      return known;
    }
    const sheet = loading.get(key) ?? loadAndKeep(names, key);
    loading.set(key, sheet);
    return sheet;
  };
}
