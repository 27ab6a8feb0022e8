import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/{gateway,workspace}/**/tables.ts',
  out: './src/database/migrations',
});
