import type { Person } from '#contract/gateway/people.ts';
import { Badge } from '../../ui/badge.tsx';
import { inOrder } from './person-form.ts';
import { roleWords } from './role-words.ts';

/** Whether the person can sign in. */
export function StateBadge({ state }: { state: Person['state'] }) {
  if (state === 'invited') return <Badge tone="warning">Invited</Badge>;
  if (state === 'deactivated') return <Badge>Deactivated</Badge>;
  return <Badge tone="success">Active</Badge>;
}

/** The person's roles, always in the same order. */
export function RoleBadges({ roles }: Pick<Person, 'roles'>) {
  return (
    <span className="inline-flex gap-1 max-sm:flex-wrap">
      {inOrder(roles).map((role) => (
        <Badge key={role} tone={role === 'owner' ? 'accent' : 'neutral'}>
          {roleWords[role].label}
        </Badge>
      ))}
    </span>
  );
}
