import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import ListChecks from 'lucide-react/icons/list-checks';
import { useEffect, useMemo, useRef } from 'react';
import type { Batch } from '#contract/gateway/batches.ts';
import { IconButton } from '../../ui/button.tsx';
import { toast } from '../../ui/toast-store.ts';
import { type Action, useActions } from '../actions.ts';
import { useBatchesChanged } from '../live-events.ts';
import { sessionQueries } from '../session.ts';
import { BatchDrawer } from './batch-drawer.tsx';
import { batchMutations, batchQueries } from './batch-queries.ts';
import { batchTitle, counted, isActive, isEnded, progressOf } from './batch-words.ts';
import { hideBatches, showBatches, useBatchesOpen } from './drawer-state.ts';

const daySeconds = 86_400;

/** The top bar's button for long work, the drawer that it opens, and what is said of it elsewhere on the page. */
export function LongWork() {
  const session = useQuery(sessionQueries.current());
  return session.data ? <SignedIn personId={session.data.person.id} /> : null;
}

function SignedIn({ personId }: { personId: string }) {
  const isOpen = useBatchesOpen();
  const { data = [] } = useQuery(batchQueries.list());
  const active = data.filter(isActive);
  useActions(
    useMemo<Action[]>(
      () => [
        {
          id: 'long-work',
          label: 'Show long work',
          group: 'Everywhere',
          keywords: 'bulk changes imports progress jobs batches',
          run: showBatches,
        },
      ],
      [],
    ),
  );
  const queryClient = useQueryClient();
  useBatchesChanged(() => void queryClient.invalidateQueries({ queryKey: batchQueries.all }));
  useEnds(data, personId);
  useProgressInTitle(active);
  const isRecent = data.some(({ created_at }) => created_at > Date.now() / 1_000 - daySeconds);
  const label = active.length > 0 ? `Long work: ${progressOf(sum(active)).percent} %` : 'Long work';
  return (
    <>
      {isRecent && (
        <span className="relative">
          <IconButton label={label} icon={<ListChecks />} onClick={showBatches} />
          {active.length > 0 && (
            <span
              aria-hidden="true"
              className="pointer-events-none absolute end-1 top-1 size-2 rounded-full bg-accent"
            />
          )}
        </span>
      )}
      {isOpen && <BatchDrawer onClose={hideBatches} />}
    </>
  );
}

const sum = (batches: Batch[]) => ({
  done: batches.reduce((all, { done }) => all + done, 0),
  failed: batches.reduce((all, { failed }) => all + failed, 0),
  total: batches.reduce((all, { total }) => all + total, 0),
});

/** Says when something of this person's has ended while the page was open, and fetches anew what it changed. */
function useEnds(batches: Batch[], personId: string): void {
  const queryClient = useQueryClient();
  const { mutateAsync: revert } = useMutation(batchMutations.revert());
  const running = useRef(new Set<string>());
  useEffect(() => {
    for (const batch of batches) {
      if (isActive(batch)) running.current.add(batch.id);
      else if (isEnded(batch) && running.current.delete(batch.id)) {
        // What lists show may be any of what was changed.
        void queryClient.invalidateQueries({
          predicate: ({ queryKey, state }) => queryKey[0] !== 'batches' && !isLongList(state.data),
        });
        if (batch.person.id === personId) tellEnd(batch, revert);
      }
    }
  }, [batches, personId, queryClient, revert]);
}

/** A list that was read further than its first page would be read anew page by page; it follows the changes itself. */
const isLongList = (data: unknown) =>
  typeof data === 'object' && data !== null && 'pages' in data && Array.isArray(data.pages) && data.pages.length > 1;

function tellEnd(batch: Batch, revert: (id: string) => Promise<unknown>): void {
  const { status, done, failed, problem } = batch;
  const canUndo = batch.can_revert && batch.input.kind === 'change';
  // Why it could not begin stands in the drawer.
  const undo = () => revert(batch.id).catch(showBatches);
  const counts = [counted(done, 'ticket'), ...(failed > 0 ? [`${failed.toLocaleString('en')} failed`] : [])].join(', ');
  toast({
    title:
      status === 'done' ? 'Long work is done' : status === 'canceled' ? 'Long work was canceled' : 'Long work stopped',
    description: problem ?? `${batchTitle(batch)}. ${counts}.`,
    tone: status === 'failed' ? 'danger' : failed > 0 ? 'neutral' : 'success',
    action: canUndo ? { label: 'Undo', onSelect: undo } : { label: 'Show', onSelect: showBatches },
  });
}

/** Shows in the tab's title how far it is: "42 % · Deskbell". */
function useProgressInTitle(active: Batch[]): void {
  const percent = active.length > 0 ? progressOf(sum(active)).percent : undefined;
  useEffect(() => {
    if (percent === undefined) return;
    const before = document.title;
    const title = `${percent} % · Deskbell`;
    document.title = title;
    return () => {
      // A screen that was opened meanwhile has set its own.
      if (document.title === title) document.title = before;
    };
  }, [percent]);
}
