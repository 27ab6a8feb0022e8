import { useCallback, useState } from 'react';
import type { TicketPart } from '#contract/tickets.ts';

/**
 * Which parts came while the page was open and by someone else's doing. `isOwnDoing`: what comes now comes of what the
 * person does here.
 */
export function useNewParts(parts: readonly TicketPart[], isOwnDoing: boolean) {
  const [known, setKnown] = useState(parts);
  const [seen, setSeen] = useState(() => new Set(parts.map(({ id }) => id)));
  if (known !== parts) {
    setKnown(parts);
    if (isOwnDoing) setSeen(new Set(parts.map(({ id }) => id)));
  }
  const fresh = parts.filter(({ id }) => !seen.has(id));
  const markSeen = useCallback(() => setSeen(new Set(parts.map(({ id }) => id))), [parts]);
  return { firstNewId: fresh[0]?.id, count: fresh.length, markSeen };
}
