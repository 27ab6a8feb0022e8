import { useCallback, useState } from 'react';
import type { TicketType } from '#contract/ticket-types.ts';
import { rest } from '../../ui/rest.ts';
import type { ArchiveRequest } from './archive.tsx';

const useArchiving = rest(() => import('./archive.tsx'));

/** Archiving and restoring ticket types: `ask` begins it, `question` is to be drawn and shows what it touches. */
export function useArchive() {
  const [asked, setAsked] = useState<ArchiveRequest>();
  const loaded = useArchiving(asked !== undefined);
  const ask = useCallback((ticketTypes: TicketType[], archived: boolean) => setAsked({ ticketTypes, archived }), []);
  const end = () => setAsked((current) => (current === asked ? undefined : current));
  const key = asked?.ticketTypes.map(({ id }) => id).join(' ');
  return { ask, question: asked && loaded && <loaded.Archive key={key} {...asked} onEnd={end} /> };
}
