import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';

// Who may import whom, proven from the files themselves. A folder that no rule knows is a violation, so that
// whatever is added tomorrow has to find its place first.

type Files = ReadonlyMap<string, string>;

/** Where a file lives: its room, and inside a room with rules of its own the part and the area. */
interface Place {
  readonly room: string;
  readonly part?: string;
  readonly area?: string;
}

const rooms: Record<string, readonly string[]> = {
  contract: [],
  dashboard: ['contract'],
  database: [],
  gateway: ['contract', 'database'],
  workspace: ['contract', 'database'],
  root: ['contract', 'database', 'gateway', 'workspace'],
  e2e: ['contract'],
  tools: [],
};

const roomRules: Record<string, string> = {
  contract: 'contract imports nothing of ours',
  dashboard: 'dashboard imports only contract',
  database: 'database imports nothing of ours',
  gateway: 'gateway imports only contract and database',
  workspace: 'workspace imports only contract and database',
  root: 'the composition root imports only the server side',
  e2e: 'e2e imports only contract and what is made for tests',
  tools: "a tool's configuration imports nothing of ours",
};

const dashboardParts: Record<string, readonly string[]> = {
  app: ['app', 'ui', 'lib'],
  features: ['ui', 'lib'],
  ui: ['ui'],
  lib: ['lib', 'ui'],
};

const drawers = new Set(['misc', 'util', 'utils', 'helper', 'helpers', 'common']);
const maxLines = 400;
const isCode = (file: string) => /\.[cm]?[jt]sx?$/.test(file);
const isTestSupport = (file: string) => /(^|\/)testing(\.[\w-]+)?\.tsx?$/.test(file);
const isTest = (file: string) => /\.(test|spec)\.tsx?$/.test(file);
const isGenerated = (file: string) => file.startsWith('src/database/migrations/');
const isSeedData = (file: string) => /^src\/workspace\/(.+\/)?seed(\/|[.-])/.test(file);

function placeOf(file: string): Place {
  const [top = '', room = '', part = '', area = '', ...deeper] = file.split('/');
  if (top === 'e2e') return { room: 'e2e' };
  if (top !== 'src') return { room: 'tools' };
  if (part === '') return { room: 'root' };
  // A file's own name is no part and no area.
  if (room === 'dashboard') return { room, part: area === '' ? '' : part, area: deeper.length === 0 ? '' : area };
  if (room === 'workspace') return { room, area: area === '' ? '' : part };
  return { room };
}

/** Why a file has no place, or undefined when it has one. */
function misplaced(file: string): string | undefined {
  const { room, part, area } = placeOf(file);
  if (rooms[room] === undefined)
    return `src has no room called ${room}; a new one needs its line in the table of rooms`;
  if (room !== 'dashboard' || !isCode(file)) return undefined;
  if (part === undefined || dashboardParts[part] === undefined) return 'dashboard has app, features, ui and lib only';
  if (part === 'features' && area === '') return 'features has one folder an area and no files of its own';
  return undefined;
}

/** Why `from` may not import `to`, or undefined when it may. */
function forbidden(from: string, to: string): string | undefined {
  const source = placeOf(from);
  const target = placeOf(to);
  if (isTest(to)) return 'nothing imports a test';
  if (isTestSupport(to) && source.room === 'e2e') return undefined;
  if (isTestSupport(to) && !isTest(from) && !isTestSupport(from)) return 'only tests import what is made for tests';
  if (source.room !== target.room) {
    return rooms[source.room]?.includes(target.room) ? undefined : roomRules[source.room];
  }
  if (source.room === 'dashboard') return forbiddenInDashboard(source, target, to);
  if (source.room === 'workspace') return forbiddenInWorkspace(from, source, target, to);
  return undefined;
}

function forbiddenInDashboard(source: Place, target: Place, to: string): string | undefined {
  const { part = '' } = source;
  if (dashboardParts[part]?.includes(target.part ?? '')) return undefined;
  if (part === 'ui') return 'ui imports nothing but itself';
  if (part === 'lib') return 'lib imports only itself, ui and contract';
  if (part === 'app') {
    const isRoutes = to === `src/dashboard/features/${target.area}/routes.tsx`;
    return isRoutes ? undefined : 'app imports of a feature only its routes.tsx, and of the rest ui and lib';
  }
  if (target.part !== 'features') return 'a feature imports only itself, ui, lib and contract';
  const isQueries = to === `src/dashboard/features/${target.area}/queries.ts`;
  return source.area === target.area || isQueries ? undefined : 'a feature imports of another only its queries.ts';
}

function forbiddenInWorkspace(from: string, source: Place, target: Place, to: string): string | undefined {
  const isShared = ['', 'http', 'html', 'search'].includes(target.area ?? '');
  const isOwn = source.area === '' || isShared || source.area === target.area;
  if (isOwn || to === `src/workspace/${target.area}/store.ts`) return undefined;
  // Foreign keys, joins and tests: where there is SQL anyway, another's tables may be named.
  const isSql = /\/([\w-]+-)?(store|tables)\.ts$/.test(from) || isTest(from);
  if (isSql && to === `src/workspace/${target.area}/tables.ts`) return undefined;
  // An object that holds another one shows it as that one is shown.
  const isPresent = from.endsWith('/present.ts');
  if (isPresent && to === `src/workspace/${target.area}/present.ts`) return undefined;
  return 'a workspace resource imports of another only its store.ts, and in SQL its tables.ts';
}

interface Node {
  readonly type?: unknown;
  readonly source?: Node;
  readonly arguments?: Node[];
  readonly value?: unknown;
  readonly quasis?: readonly { value: { cooked: string } }[];
}

const importing = [
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
];
const calling = ['CallExpression', 'NewExpression'];

/** The texts that can name another file: sources of imports of every kind, and what is given to calls such as `new URL`. */
function specifiersIn(node: Node): string[] {
  const named = importing.includes(String(node.type)) ? [node.source] : [];
  const given = calling.includes(String(node.type)) ? (node.arguments ?? []) : [];
  const texts = [...named, ...given].map((text) => text?.value ?? text?.quasis?.[0]?.value.cooked);
  const inside = Object.values(node).filter((value) => typeof value === 'object' && value !== null);
  return [...texts.filter((text) => typeof text === 'string'), ...inside.flatMap(specifiersIn)];
}

function parse(file: string, source: string): { specifiers: string[]; isBarrel: boolean } {
  const { program, module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const onlyPassesOn = program.body.every(
    (node) =>
      node.type === 'ImportDeclaration' ||
      node.type === 'ExportAllDeclaration' ||
      (node.type === 'ExportNamedDeclaration' && node.declaration === null),
  );
  return { specifiers: specifiersIn(program), isBarrel: module.staticExports.length > 0 && onlyPassesOn };
}

function resolve(files: Files, from: string, specifier: string): string | undefined {
  const bare = specifier.replace(/\?.*$/, '');
  const isOurs = /^(\.{1,2}\/|#[a-z]+\/)/.test(bare);
  if (!isOurs) return undefined;
  const base = bare.startsWith('#') ? `src/${bare.slice(1)}` : path.posix.join(path.posix.dirname(from), bare);
  return ['', '.ts', '.tsx', '/index.ts', '/index.tsx'].map((end) => base + end).find((file) => files.has(file));
}

function forbiddenPackage(from: string, specifier: string): string | undefined {
  const { room } = placeOf(from);
  if ((room !== 'dashboard' && room !== 'contract') || isTest(from)) return undefined;
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'it runs in the browser';
  return specifier === 'zod' ? 'what reaches the browser imports zod/mini' : undefined;
}

/** Each cycle once, as the files along it, starting from the one that comes first in the alphabet. */
function cyclesIn(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const found = new Map<string, string[]>();
  const walk = (file: string, trail: string[]): void => {
    const start = trail.indexOf(file);
    if (start !== -1) {
      const cycle = trail.slice(start);
      const first = cycle.indexOf(cycle.toSorted((one, other) => one.localeCompare(other))[0] ?? '');
      const turned = [...cycle.slice(first), ...cycle.slice(0, first)];
      found.set(turned.join(), turned);
    }
    if (start !== -1 || done.has(file)) return;
    for (const next of imports.get(file) ?? []) walk(next, [...trail, file]);
    done.add(file);
  };
  for (const file of imports.keys()) walk(file, []);
  return [...found.values()];
}

/** What is wrong with the tree, one sentence each. Paths are relative to the project and use slashes. */
function findViolations(files: Files): string[] {
  const violations: string[] = [];
  const imports = new Map<string, string[]>();
  for (const [file, source] of files) {
    const homeless = misplaced(file);
    if (homeless !== undefined) violations.push(`${file} has no place: ${homeless}`);
    const words = file.split('/').map((name) => name.replace(/\..*$/, ''));
    const drawer = words.find((word) => drawers.has(word));
    if (drawer !== undefined) violations.push(`${file} is in a drawer: name ${drawer} after what it does`);
    if (!isCode(file) || isGenerated(file)) continue;

    const lines = source.trimEnd().split('\n').length;
    if (lines > maxLines && placeOf(file).room !== 'contract' && !isSeedData(file)) {
      violations.push(`${file} has ${lines} lines: a file has at most ${maxLines}`);
    }
    const { specifiers, isBarrel } = parse(file, source);
    if (isBarrel || /\/index\.[jt]sx?$/.test(file)) {
      violations.push(`${file} is a barrel: import from the files themselves`);
    }
    const targets = specifiers.map((specifier) => resolve(files, file, specifier)).filter((to) => to !== undefined);
    imports.set(file, targets);
    for (const to of targets) {
      const reason = forbidden(file, to);
      if (reason !== undefined) violations.push(`${file} may not import ${to}: ${reason}`);
    }
    for (const specifier of specifiers) {
      const reason = forbiddenPackage(file, specifier);
      if (reason !== undefined) violations.push(`${file} may not import ${specifier}: ${reason}`);
    }
  }
  for (const cycle of cyclesIn(imports))
    violations.push(`imports go in a circle: ${[...cycle, cycle[0]].join(' -> ')}`);
  return violations;
}

const project = path.resolve(import.meta.dirname, '..');

function readTree(): Files {
  const names = ['src', 'e2e'].flatMap((folder) =>
    readdirSync(path.join(project, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(project, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/')),
  );
  const tools = readdirSync(project).filter((name) => isCode(name));
  const read = (name: string) => (isCode(name) ? readFileSync(path.join(project, name), 'utf8') : '');
  return new Map([...names, ...tools].map((name) => [name, read(name)]));
}

/** A tree of which only the imports matter: each file with the specifiers that it imports. */
function planted(tree: Record<string, readonly string[]>): Files {
  return new Map(
    Object.entries(tree).map(([file, specifiers]) => [
      file,
      [...specifiers.map((specifier) => `import '${specifier}';`), 'export const here = 1;'].join('\n'),
    ]),
  );
}

test('the tree keeps to its architecture', { timeout: 30_000 }, () => {
  const files = readTree();
  expect(files.size).toBeGreaterThan(10);
  expect(findViolations(files)).toEqual([]);
});

describe('a wrong import is named with its reason', () => {
  const app = 'src/dashboard/app/router.tsx';
  const ui = 'src/dashboard/ui/button.tsx';
  const lib = 'src/dashboard/lib/call.ts';
  const types = 'src/dashboard/features/ticket-types';
  const tags = 'src/dashboard/features/tags';

  test.each([
    ['src/contract/tags.ts', 'src/database/database.ts', 'contract imports nothing of ours'],
    ['src/database/database.ts', 'src/contract/tags.ts', 'database imports nothing of ours'],
    [lib, 'src/gateway/gateway.ts', 'dashboard imports only contract'],
    ['src/gateway/gateway.ts', 'src/workspace/workspace.ts', 'gateway imports only contract and database'],
    ['src/workspace/workspace.ts', 'src/gateway/gateway.ts', 'workspace imports only contract and database'],
    ['src/gateway/gateway.ts', 'src/config.ts', 'gateway imports only contract and database'],
    ['src/server.ts', lib, 'the composition root imports only the server side'],
    ['e2e/tags.spec.ts', ui, 'e2e imports only contract and what is made for tests'],
    [ui, lib, 'ui imports nothing but itself'],
    [lib, app, 'lib imports only itself, ui and contract'],
    [`${types}/list.tsx`, app, 'a feature imports only itself, ui, lib and contract'],
    [`${types}/list.tsx`, `${tags}/list.tsx`, 'a feature imports of another only its queries.ts'],
    [`${types}/list.tsx`, `${tags}/deep/queries.ts`, 'a feature imports of another only its queries.ts'],
    [app, `${types}/list.tsx`, 'app imports of a feature only its routes.tsx, and of the rest ui and lib'],
    [
      'src/workspace/tags/routes.ts',
      'src/workspace/teams/present.ts',
      'a workspace resource imports of another only its store.ts, and in SQL its tables.ts',
    ],
    [
      'src/workspace/tags/routes.ts',
      'src/workspace/teams/tables.ts',
      'a workspace resource imports of another only its store.ts, and in SQL its tables.ts',
    ],
    [lib, 'src/dashboard/lib/call.test.ts', 'nothing imports a test'],
    ['src/gateway/gateway.ts', 'src/database/testing.ts', 'only tests import what is made for tests'],
  ])('%s -> %s', (from, to, reason) => {
    const specifier = path.posix.relative(path.posix.dirname(from), to);
    const files = planted({ [from]: [specifier.startsWith('.') ? specifier : `./${specifier}`], [to]: [] });
    expect(findViolations(files)).toEqual([`${from} may not import ${to}: ${reason}`]);
  });

  test.each([
    ['static', "import { button } from '#dashboard/ui/button.tsx';"],
    ['type', "import type { Button } from '#dashboard/ui/button.tsx';"],
    ['re-export', "export { button } from '#dashboard/ui/button.tsx'; export const own = 1;"],
    ['dynamic', "export const load = () => import('#dashboard/ui/button.tsx');"],
    ['dynamic, in a template', 'export const load = () => import(`#dashboard/ui/button.tsx`);'],
    ['type expression', "export type Button = typeof import('#dashboard/ui/button.tsx');"],
    ['address', "export const address = new URL('../dashboard/ui/button.tsx', import.meta.url);"],
    ['without its extension', "import '../dashboard/ui/button';"],
    ['with a question', "import '../dashboard/ui/button.tsx?raw';"],
  ])('seen when it is %s', (_kind, source) => {
    const files = new Map([...planted({ [ui]: [] }), ['src/gateway/page.ts', source]]);
    expect(findViolations(files)).toEqual([
      `src/gateway/page.ts may not import ${ui}: gateway imports only contract and database`,
    ]);
  });

  test('packages that have no place in the browser', () => {
    const files = planted({
      [lib]: ['node:fs', 'zod'],
      'src/contract/tags.ts': ['crypto'],
      'src/config.ts': ['zod', 'fs'],
    });
    expect(findViolations(files)).toEqual([
      `${lib} may not import node:fs: it runs in the browser`,
      `${lib} may not import zod: what reaches the browser imports zod/mini`,
      'src/contract/tags.ts may not import crypto: it runs in the browser',
    ]);
  });

  test('but what the design allows is allowed', () => {
    const files = planted({
      'src/contract/tags.ts': [],
      'src/server.ts': ['#gateway/gateway.ts', '#workspace/workspace.ts', './config.ts'],
      'src/config.ts': [],
      'src/gateway/gateway.ts': ['#contract/tags.ts', '#database/database.ts'],
      'src/database/database.ts': [],
      'src/database/testing.ts': ['./database.ts'],
      'src/workspace/workspace.ts': ['./tags/routes.ts'],
      'src/workspace/tags/routes.ts': ['../http/errors.ts', '../html/sanitize.ts', '../teams/store.ts', './store.ts'],
      'src/workspace/tags/present.ts': ['../teams/present.ts'],
      'src/workspace/teams/present.ts': [],
      'src/workspace/html/sanitize.ts': [],
      'src/workspace/tags/routes.test.ts': ['#database/testing.ts', '../workspace.ts'],
      'src/workspace/tags/store.ts': ['./tables.ts', '../teams/tables.ts'],
      'src/workspace/tags/tables.ts': ['../teams/tables.ts'],
      'src/workspace/teams/tables.ts': [],
      'src/workspace/teams/store.ts': [],
      'src/workspace/http/errors.ts': ['#contract/tags.ts'],
      [app]: [`#dashboard/features/ticket-types/routes.tsx`, '#dashboard/ui/button.tsx', '../lib/call.ts'],
      [ui]: ['./icon.tsx'],
      'src/dashboard/ui/icon.tsx': [],
      [lib]: ['#contract/tags.ts', '../ui/icon.tsx'],
      [`${types}/routes.tsx`]: ['./list.tsx', '../tags/queries.ts', '#dashboard/ui/button.tsx'],
      [`${types}/list.tsx`]: [],
      [`${tags}/queries.ts`]: ['#dashboard/lib/call.ts', '#contract/tags.ts'],
      'e2e/tags.spec.ts': ['#contract/tags.ts', '#database/testing.ts'],
    });
    expect(findViolations(files)).toEqual([]);
  });
});

test('a cycle is told along its whole way', () => {
  const files = planted({
    'src/gateway/a.ts': ['./b.ts'],
    'src/gateway/b.ts': ['./c.ts'],
    'src/gateway/c.ts': ['./a.ts'],
    'src/gateway/d.ts': ['./a.ts'],
  });
  expect(findViolations(files)).toEqual([
    'imports go in a circle: src/gateway/a.ts -> src/gateway/b.ts -> src/gateway/c.ts -> src/gateway/a.ts',
  ]);
});

test.each([
  ['src/gateway/all.ts', "export * from './page.ts'; export { one } from './page.ts';"],
  ['src/gateway/all.ts', "import { one } from './page.ts'; export { one };"],
  ['src/gateway/pages/index.ts', 'export const one = 1;'],
])('a barrel is refused: %s with %s', (file, source) => {
  expect(findViolations(new Map([[file, source]]))).toEqual([`${file} is a barrel: import from the files themselves`]);
});

test('a folder that no rule knows is refused, and so are drawers and long files', () => {
  const files = new Map([
    ...planted({
      'src/billing/invoice.ts': [],
      'src/dashboard/hooks/use-it.ts': [],
      'src/dashboard/features/list.tsx': [],
    }),
    ...planted({ 'src/gateway/utils/text.ts': [], 'src/workspace/helpers.ts': [] }),
    ['src/gateway/long.ts', 'export const line = 1;\n'.repeat(401)],
    ['src/workspace/seed-tickets.ts', 'export const line = 1;\n'.repeat(401)],
    ['src/contract/long.ts', 'export const line = 1;\n'.repeat(401)],
  ]);
  expect(findViolations(files)).toEqual([
    'src/billing/invoice.ts has no place: src has no room called billing; a new one needs its line in the table of rooms',
    'src/dashboard/hooks/use-it.ts has no place: dashboard has app, features, ui and lib only',
    'src/dashboard/features/list.tsx has no place: features has one folder an area and no files of its own',
    'src/gateway/utils/text.ts is in a drawer: name utils after what it does',
    'src/workspace/helpers.ts is in a drawer: name helpers after what it does',
    'src/gateway/long.ts has 401 lines: a file has at most 400',
  ]);
});
