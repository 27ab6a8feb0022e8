import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json above this file, whether it runs as a source or from the bundle in dist. */
export function projectFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) {
      throw new Error(`No package.json above ${import.meta.dirname}: start Deskbell from its own folder.`);
    }
    folder = parent;
  }
  return folder;
}
