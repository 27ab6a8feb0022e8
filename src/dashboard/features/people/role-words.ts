import type { Role } from '#contract/gateway/roles.ts';

/** The roles as a person calls them, with what each may do in one line. */
export const roleWords: Record<Role, { label: string; help: string }> = {
  agent: { label: 'Agent', help: 'Works on tickets, visitors, contacts and conversations.' },
  admin: {
    label: 'Admin',
    help: 'Works as an agent does, and edits ticket types, attributes, tags, help center and news.',
  },
  manager: { label: 'Manager', help: 'Reads everything, and runs exports and event summaries.' },
  owner: { label: 'Owner', help: 'May do everything, and manages people and settings.' },
};
