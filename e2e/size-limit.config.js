import { readFileSync } from 'node:fs';
import path from 'node:path';

// Which files the first list page needs is read from the build itself, so that a new chunk cannot slip by.

const built = path.resolve(import.meta.dirname, '../dist/dashboard');
const manifest = JSON.parse(readFileSync(path.join(built, '.vite/manifest.json'), 'utf8'));
const chunks = Object.values(manifest);
const entry = chunks.find((chunk) => chunk.isEntry);
if (!entry) throw new Error('The build has no entry.');

/** A screen's own chunk. What it loads once its first rows are on view is not counted with it. */
function screen(name) {
  const chunk = chunks.find(({ src }) => src?.endsWith(`/features/${name}`));
  if (!chunk) throw new Error(`The build has no ${name}.`);
  return chunk;
}

/** A chunk with everything that it imports at once. */
function withImports(chunk, seen = new Set()) {
  if (seen.has(chunk)) return seen;
  seen.add(chunk);
  for (const name of chunk.imports ?? []) withImports(manifest[name], seen);
  return seen;
}

/** All that the page needs to show a screen. */
const allOf = (chunk) => [...new Set([...withImports(entry), ...withImports(chunk)])];
const first = allOf(screen('tickets/ticket-list-page.tsx'));
const ticketTypes = allOf(screen('ticket-types/ticket-type-list-page.tsx'));
const lazy = chunks.filter((chunk) => chunk.file.endsWith('.js') && !first.includes(chunk));
const styles = [...new Set(chunks.flatMap((chunk) => chunk.css ?? []))];
// The one exception: an editor of formatted text, which is loaded only where one writes.
const limitOf = ({ src = '' }) => (src.endsWith('/rich-text/editor-area.tsx') ? '115 kB' : '90 kB');
const place = (file) => path.join('../dist/dashboard', file).replaceAll(path.sep, '/');

export default [
  { name: 'JavaScript of the first list page', path: first.map(({ file }) => place(file)), limit: '130 kB' },
  { name: 'JavaScript of the list of ticket types', path: ticketTypes.map(({ file }) => place(file)), limit: '130 kB' },
  ...lazy.map((chunk) => ({
    name: `lazy chunk ${path.basename(chunk.file)}`,
    path: place(chunk.file),
    limit: limitOf(chunk),
  })),
  { name: 'CSS', path: styles.map(place), limit: '20 kB' },
  { name: 'HTML', path: place('index.html'), limit: '5 kB' },
];
