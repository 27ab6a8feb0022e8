import * as z from 'zod/mini';
import { useAllActions } from '../lib/actions.ts';
import { stored, useStored } from '../lib/stored.ts';
import { CommandPalette } from '../ui/command-palette.tsx';

const recentActions = stored('recent-actions', z.array(z.string()));
const mostRecents = 8;

/** Everything that can be done here and now, by name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const actions = useAllActions().filter(({ keysOnly }) => !keysOnly);
  const recentIds = useStored(recentActions) ?? [];
  return (
    <CommandPalette
      onClose={onClose}
      placeholder="Search or do…"
      recentIds={recentIds}
      commands={actions.toReversed().map(({ id, label, group, shortcut, keywords }) => ({
        id,
        label,
        group,
        shortcut,
        ...(keywords && { keywords: keywords.split(' ') }),
      }))}
      onSelect={({ id }) => {
        recentActions.set([id, ...recentIds.filter((other) => other !== id)].slice(0, mostRecents));
        actions.find((action) => action.id === id)?.run();
      }}
    />
  );
}
