import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const folder = path.dirname(require.resolve('@twemoji/svg/package.json'));

/** The name under which any spelling of a graphic is found: see `twemojiName`. */
const bare = (name: string) => name.replace(/-fe0[ef](?=-|$)/g, '');

let files: Promise<ReadonlyMap<string, string>> | undefined;

/** The file of each graphic that Twemoji has, by its name. */
export function graphicFiles(): Promise<ReadonlyMap<string, string>> {
  files ??= readdir(folder).then(
    (names) =>
      new Map(names.flatMap((name) => (name.endsWith('.svg') ? [[bare(name.slice(0, -'.svg'.length)), name]] : []))),
  );
  return files;
}

/** The graphic of that name as SVG, or undefined when Twemoji has none. */
export async function readGraphic(name: string): Promise<string | undefined> {
  const file = (await graphicFiles()).get(bare(name));
  return file === undefined ? undefined : readFile(path.join(folder, file), 'utf8');
}

/** One SVG with a `<symbol>` for each graphic, under the id that it was asked for by. Unknown names are left out. */
export async function buildSheet(names: Iterable<string>): Promise<string> {
  const symbols = await Promise.all(
    [...new Set(names)].map(async (name) => {
      const svg = await readGraphic(name);
      return svg === undefined ? '' : symbolOf(name, svg);
    }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

function symbolOf(name: string, svg: string): string {
  const viewBox = /viewBox="([\d. ]+)"/.exec(svg)?.[1] ?? '0 0 36 36';
  const content = svg.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, '');
  // Graphics name their clip paths "a", "b", …: in one document each needs names of its own.
  const own = content.replace(/\b(id="|url\(#|href="#)/g, `$1${name}-`);
  return `<symbol id="${name}" viewBox="${viewBox}">${own}</symbol>`;
}
