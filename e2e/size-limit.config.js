import { readFileSync } from 'node:fs';
import path from 'node:path';

// Which files the first list page needs is read from the build itself, so that a new chunk cannot slip by.

const built = path.resolve(import.meta.dirname, '../dist/dashboard');
const manifest = JSON.parse(readFileSync(path.join(built, '.vite/manifest.json'), 'utf8'));
const chunks = Object.values(manifest);
const entry = chunks.find((chunk) => chunk.isEntry);
// Absent while the list comes with the entry.
const listPage = chunks.find((chunk) => /features\/ticket-types\/.*list/.test(chunk.src ?? ''));
if (!entry) throw new Error('The build has no entry.');

/** A chunk with everything that it imports at once. */
function withImports(chunk, seen = new Set()) {
  if (seen.has(chunk)) return seen;
  seen.add(chunk);
  for (const name of chunk.imports ?? []) withImports(manifest[name], seen);
  return seen;
}

const first = [...new Set([...withImports(entry), ...(listPage ? withImports(listPage) : [])])];
const lazy = chunks.filter((chunk) => chunk.file.endsWith('.js') && !first.includes(chunk));
const styles = [...new Set(chunks.flatMap((chunk) => chunk.css ?? []))];
const place = (file) => path.join('../dist/dashboard', file).replaceAll(path.sep, '/');

export default [
  { name: 'JavaScript of the first list page', path: first.map(({ file }) => place(file)), limit: '130 kB' },
  ...lazy.map(({ file }) => ({ name: `lazy chunk ${path.basename(file)}`, path: place(file), limit: '90 kB' })),
  { name: 'CSS', path: styles.map(place), limit: '20 kB' },
  { name: 'HTML', path: place('index.html'), limit: '5 kB' },
];
