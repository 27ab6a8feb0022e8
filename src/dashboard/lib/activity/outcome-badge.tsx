import type { ActivityEntry } from '#contract/gateway/activity.ts';
import { Badge } from '../../ui/badge.tsx';
import { outcomeOf } from './entry-words.ts';

/** What became of it, in a word. What went as it should has no colour, so that the rest is seen at once. */
export function OutcomeBadge({ entry }: { entry: Pick<ActivityEntry, 'status'> }) {
  const outcome = outcomeOf(entry);
  if (outcome === 'refused') return <Badge tone="danger">Refused</Badge>;
  if (outcome === 'unknown') return <Badge tone="warning">Outcome unknown</Badge>;
  return <span className="text-muted">Done</span>;
}
