import type { Role } from '#contract/gateway/roles.ts';

/** What a person calls each role. */
export const roleLabels: Record<Role, string> = { agent: 'Agent', admin: 'Admin', manager: 'Manager', owner: 'Owner' };
