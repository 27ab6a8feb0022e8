import { useEffect, useEffectEvent } from 'react';
import { ConflictDialog } from '../../lib/conflict-dialog.tsx';
import { type AttributeValues, attributeDifferences, attributeLabel, fromAttribute } from './attribute-form.ts';
import type { AttributeVersions } from './use-staged-attributes.ts';

interface AttributeConflictProps {
  conflict: AttributeVersions;
  onResolve: (versions: AttributeVersions, values: AttributeValues) => void;
  onClose: () => void;
}

/** Asks only where both changed the same value; where they changed different ones, both changes stand. */
export function AttributeConflict({ conflict, onResolve, onClose }: AttributeConflictProps) {
  const theirs = fromAttribute(conflict.current);
  const changedByThem = new Set(attributeDifferences(conflict.before, theirs).map(({ key }) => key));
  const mine = attributeDifferences(conflict.before, conflict.mine);
  const clashing = attributeDifferences(theirs, conflict.mine).filter(
    ({ key }) => changedByThem.has(key) && mine.some((difference) => difference.key === key),
  );
  const undisputed = mine.map(({ key }) => key).filter((key) => !changedByThem.has(key));

  function merge(keys: (keyof AttributeValues)[]): AttributeValues {
    const kept = new Set<keyof AttributeValues>([...undisputed, ...keys]);
    const entries = Object.entries(conflict.mine).filter(([key]) => kept.has(key as keyof AttributeValues));
    return { ...theirs, ...Object.fromEntries(entries) };
  }

  const isUndisputed = clashing.length === 0;
  const settle = useEffectEvent(() => onResolve(conflict, merge([])));
  useEffect(() => {
    if (isUndisputed) settle();
  }, [isUndisputed]);

  if (isUndisputed) return null;
  return (
    <ConflictDialog
      title={attributeLabel(theirs)}
      fields={clashing.map(({ key, label, before, after }) => ({ key, label, theirs: before, mine: after }))}
      onResolve={(keys) => onResolve(conflict, merge(keys))}
      onClose={onClose}
    />
  );
}
