import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { remembered } from './remembered.ts';

const require = createRequire(import.meta.url);
/** Where Twemoji's graphics are. */
export const twemojiFolder = path.dirname(require.resolve('@twemoji/svg/package.json'));

/** The name under which any spelling of a graphic is found: see `twemojiName`. */
const bare = (name: string) => name.replace(/-fe0[ef](?=-|$)/g, '');

export interface Graphics {
  /** The file of each graphic, by its name. */
  files(): Promise<ReadonlyMap<string, string>>;
  /** The graphic of that name as SVG, or undefined when there is none. */
  read(name: string): Promise<string | undefined>;
  /** One SVG with a `<symbol>` for each graphic, under its name. Unknown names are left out. */
  sheet(names: readonly string[]): Promise<string>;
}

/** The graphics in a folder laid out like Twemoji's. */
export function openGraphics(folder: string): Graphics {
  const files = remembered(async () => {
    const svgs = (await readdir(folder)).filter((file) => file.endsWith('.svg'));
    return new Map(svgs.map((file) => [bare(file.slice(0, -'.svg'.length)), file]));
  });
  const read = async (name: string) => {
    const file = (await files()).get(bare(name));
    return file === undefined ? undefined : readFile(path.join(folder, file), 'utf8');
  };
  const sheet = async (names: readonly string[]) => {
    const symbols = await Promise.all(
      names.map(async (name) => {
        const svg = await read(name);
        return svg === undefined ? '' : symbolOf(name, svg);
      }),
    );
    return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
  };
  return { files, read, sheet };
}

function symbolOf(name: string, svg: string): string {
  const viewBox = /viewBox="([\d. ]+)"/.exec(svg)?.[1] ?? '0 0 36 36';
  const content = svg.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, '');
  // Graphics name their clip paths "a", "b", …: in one document each needs names of its own.
  const own = content.replace(/\b(id="|url\(#|href="#)/g, `$1${name}-`);
  return `<symbol id="${name}" viewBox="${viewBox}">${own}</symbol>`;
}
