import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const serverTests = ['src/{database,gateway,workspace}/**/*.test.ts', 'src/!(architecture).test.ts'];

function databaseProject(name: 'pglite' | 'postgresql') {
  return {
    extends: true as const,
    test: {
      name,
      include: serverTests,
      // Only one process at a time uses PGlite.
      exclude:
        name === 'pglite'
          ? ['src/two-processes.test.ts', 'src/database/postgresql-*.test.ts']
          : ['src/database/pglite/**'],
      env: { TEST_DATABASE: name },
      globalSetup: 'src/database/testing.setup.ts',
      testTimeout: 20_000,
      hookTimeout: 30_000,
    },
  };
}

const gateway = `http://127.0.0.1:${process.env.PORT || 8080}`;

/** Leaves a brotli and a gzip of each text file beside it, so that no request waits for compression. */
function precompress(): Plugin {
  const text = /\.(html|js|css|svg|json|txt|webmanifest)$/;
  let outDir = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved: (config) => {
      outDir = path.resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: () => {
        for (const entry of readdirSync(outDir, { recursive: true, withFileTypes: true })) {
          const file = path.join(entry.parentPath, entry.name);
          if (!entry.isFile() || !text.test(file)) continue;
          const content = readFileSync(file);
          writeFileSync(`${file}.br`, brotliCompressSync(content));
          writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
        }
      },
    },
  };
}

/** Moves the stylesheet between the shell of index.html, which is painted without waiting for it, and the screen. */
function stylesheetLast(): Plugin {
  const link = /\s*<link rel="stylesheet"[^>]*>/g;
  return {
    name: 'stylesheet-last',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace(link, '').replace(/\s*<div id="root">/, `${html.match(link)?.join('') ?? ''}$&`),
    },
  };
}

/** Runs the server beside Vite's, anew after every change, so that one command is the whole development loop. */
function serverBeside(): Plugin {
  return {
    name: 'server-beside',
    apply: (_, { command, mode }) => command === 'serve' && mode !== 'test',
    configureServer: ({ httpServer }) => {
      const tsx = createRequire(import.meta.url).resolve('tsx/cli');
      const server = spawn(process.execPath, [tsx, 'watch', '--clear-screen=false', 'src/server.ts'], {
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      httpServer?.once('close', () => server.kill());
    },
  };
}

/** Modules that more than one list needs for its first rows. */
const sharedByLists =
  /\/dashboard\/(?:ui\/(?:checkbox|input|relative-time|search-field|segmented|skeleton|table|time-text)\.tsx?|lib\/(?:after-paint|emoji\/emoji(?:-sheets)?|use-row-keys|use-search-state|use-selection)\.tsx?)$|lucide-react\/.*\/(?:arrow-down|arrow-up|chevrons-up-down|plus|search)\.m?js$/;

/** Modules that the list of tickets shares with other screens of tickets, and needs for its first rows. */
const sharedByTickets =
  /\/contract\/(?:gateway\/tickets|search|teams|ticket-states)\.ts$|\/dashboard\/(?:features\/tickets\/(?:teammate-queries|ticket-keys|ticket-list-(?:context|queries|query|search))|ui\/select)\.tsx?$|react-query\/.*\/useInfiniteQuery\.js$|query-core\/.*\/infiniteQueryObserver\.js$|lucide-react\/.*\/alarm-clock\.m?js$/;

/** What `loadRest` loads, and what of it screens need sooner. */
const rest =
  /\/dashboard\/(?:app\/(?:error-screen|frame-tools)|lib\/(?:error-panel|explain-error)|ui\/menu-panel)\.tsx?$/;
const sharedWithRest = /\/dashboard\/(?:ui\/toast-store|lib\/copy-text)\.ts$|lucide-react\/.*\/(?:copy|x)\.m?js$/;

// Loaded as it stands in node_modules, not bundled: PGlite reads its files from beside its own code.
const unbundled = ['@electric-sql/pglite'];

/** React Router's package always resolves to its build with the checks for development. */
const routerForProduction = [
  { find: /^react-router$/, replacement: 'react-router/dist/production/index.mjs' },
  { find: /^react-router\/dom$/, replacement: 'react-router/dist/production/dom-export.mjs' },
].map(({ find, replacement }) => ({ find, replacement: path.resolve('node_modules', replacement) }));

/** Says of React Router's components that making them does nothing else, so that those not used can be left out. */
function unusedRouterPartsOut(): Plugin {
  return {
    name: 'unused-router-parts-out',
    apply: 'build',
    transform: {
      order: 'pre',
      filter: { id: /\/react-router\/dist\/production\// },
      handler: (code) => ({
        code: code
          .replace(/^\w+\.displayName = "\w+";$/gm, '')
          .replace(/^(var \w+ = )(React\d*\.(?:forwardRef|createContext)\()/gm, '$1/* @__PURE__ */ $2'),
        map: null,
      }),
    },
  };
}

export default defineConfig(({ command, isSsrBuild }) => ({
  ...(command === 'build' && { resolve: { alias: routerForProduction } }),
  plugins: [
    react(),
    ...(isSsrBuild ? [] : [tailwindcss(), unusedRouterPartsOut(), stylesheetLast(), precompress(), serverBeside()]),
  ],
  build: isSsrBuild
    ? {
        outDir: 'dist/server',
        ssr: true,
        copyPublicDir: false,
        target: 'node20',
        sourcemap: true,
        rolldownOptions: {
          input: ['src/server.ts', 'src/database/pglite/backup-worker.ts', 'src/dashboard/app/draw-page.tsx'],
          // Everything beside each other, so that paths relative to a file hold in whatever chunk it ends up.
          output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
        },
      }
    : {
        outDir: 'dist/dashboard',
        manifest: true,
        target: 'baseline-widely-available',
        modulePreload: { polyfill: false },
        // One minifier after the other leaves a hundredth less than either of them.
        minify: 'terser' as const,
        terserOptions: { ecma: 2020, compress: { passes: 3 } },
        // What every page needs stands in one file, and what both lists need in another: in a dozen small ones it would
        // be a tenth larger.
        rolldownOptions: {
          output: {
            minify: true,
            codeSplitting: {
              groups: [
                { name: 'app', tags: ['$initial'] },
                { name: 'list', test: sharedByLists },
                { name: 'tickets', test: sharedByTickets },
                { name: 'shared', test: sharedWithRest },
                { name: 'rest', test: rest },
              ],
            },
          },
        },
      },
  ...(isSsrBuild && {
    ssr: { noExternal: true, external: unbundled },
    // What is built is for use: React's checks for development would make each page drawn ten times slower.
    define: { 'process.env.NODE_ENV': '"production"' },
  }),
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    // The Host header is passed on as it is, so that the gateway finds the page's own origin in it.
    proxy: { '^/(api|gateway|emoji)/': { target: gateway } },
  },
  test: {
    // Left to itself it takes half of the machine, and the tests wait more than they compute.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['src/{contract,dashboard}/**/*.test.{ts,tsx}', 'src/architecture.test.ts'] },
      },
      databaseProject('pglite'),
      databaseProject('postgresql'),
    ],
  },
}));
