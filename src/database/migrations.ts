import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './project-folder.ts';

/** The folder with the generated SQL. Throws when it is not there, because then no table would be made. */
export function migrationsFolder(): string {
  const folder = join(projectFolder(), 'src', 'database', 'migrations');
  if (!existsSync(join(folder, 'meta', '_journal.json'))) {
    throw new Error(
      `No migrations in ${folder}: run \`npm run db:generate\`, or start Deskbell from a whole checkout.`,
    );
  }
  return folder;
}
