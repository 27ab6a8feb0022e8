import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const serverTests = ['src/{database,gateway,workspace}/**/*.test.ts', 'src/{server,config}.test.ts'];

function databaseProject(name: 'pglite' | 'postgresql') {
  return {
    extends: true as const,
    test: {
      name,
      include: serverTests,
      env: { TEST_DATABASE: name },
      globalSetup: 'src/database/testing.setup.ts',
      testTimeout: 20_000,
      hookTimeout: 30_000,
    },
  };
}

export default defineConfig(({ isSsrBuild }) => ({
  plugins: isSsrBuild ? [] : [react(), tailwindcss()],
  build: isSsrBuild
    ? { outDir: 'dist/server', ssr: 'src/server.ts', target: 'node20', sourcemap: true }
    : { outDir: 'dist/dashboard', target: 'baseline-widely-available', modulePreload: { polyfill: false } },
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    proxy: Object.fromEntries(['/api', '/gateway', '/emoji'].map((path) => [path, 'http://127.0.0.1:8080'])),
  },
  test: {
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
