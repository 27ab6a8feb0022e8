/** What a person may be in Deskbell. A person may be several at once. */
export const roles = ['agent', 'admin', 'manager', 'owner'] as const;
export type Role = (typeof roles)[number];
