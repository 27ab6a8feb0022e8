import type { Role } from '#contract/gateway/roles.ts';
import type { Db } from '#database/database.ts';
import { people } from './tables.ts';

const names: Record<Role, string> = {
  agent: 'Ada Agent',
  admin: 'Amir Admin',
  manager: 'Mona Manager',
  owner: 'Olu Owner',
};

/** The id of the demo's account with that role. */
export const demoPersonId = (role: Role) => `demo-${role}`;

/** Makes the accounts that the demo offers, where they are not there yet. They have no password. */
export async function seedDemoPeople(db: Db): Promise<void> {
  const rows = (Object.keys(names) as Role[]).map((role) => ({
    id: demoPersonId(role),
    name: names[role],
    email: `${role}@demo.invalid`,
    roles: [role],
    isDemo: true,
  }));
  await db.insert(people).values(rows).onConflictDoNothing();
}
