/** Where a file goes, piece by piece. */
export interface FileTarget {
  write: (piece: Uint8Array<ArrayBuffer>) => Promise<void> | void;
  /** Makes it a file of the person's. Until then there is none. */
  finish: () => Promise<void> | void;
  discard: () => Promise<void> | void;
}

interface SavePicker {
  showSaveFilePicker: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
}

const hasPicker = (place: object): place is SavePicker => 'showSaveFilePicker' in place;

const types: Record<string, string> = { csv: 'text/csv', jsonl: 'application/x-ndjson' };

/**
 * A file on disk where the browser lets one choose it, written as it comes; elsewhere one that is kept in memory and
 * downloaded at the end. Undefined when the person thinks better of it.
 */
export async function chooseTarget(name: string): Promise<FileTarget | undefined> {
  if (!hasPicker(window)) return downloadTarget(name);
  let handle: FileSystemFileHandle;
  try {
    handle = await window.showSaveFilePicker({ suggestedName: name });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    return downloadTarget(name);
  }
  const file = await handle.createWritable();
  return { write: (piece) => file.write(piece), finish: () => file.close(), discard: () => file.abort() };
}

function downloadTarget(name: string): FileTarget {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  return {
    write: (piece) => void pieces.push(piece),
    finish: () => {
      const url = URL.createObjectURL(new Blob(pieces, { type: types[name.split('.').at(-1) ?? ''] ?? '' }));
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      // The browser has to have begun with it.
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    },
    discard: () => void pieces.splice(0),
  };
}
