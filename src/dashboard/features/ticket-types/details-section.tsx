import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { TicketType } from '#contract/ticket-types.ts';
import { ApiError } from '../../lib/api-error.ts';
import { ConflictDialog, type ConflictingField } from '../../lib/conflict-dialog.tsx';
import { useDraft } from '../../lib/draft.ts';
import { ErrorAlert } from '../../lib/error-alert.tsx';
import { queryClient } from '../../lib/query-client.ts';
import { useMay } from '../../lib/session.ts';
import { Alert } from '../../ui/alert.tsx';
import { toast } from '../../ui/toast-store.ts';
import { ticketTypeMutations } from './mutations.ts';
import { ticketTypeQueries } from './queries.ts';
import { ReadOnlyDetails } from './read-only-details.tsx';
import {
  changedKeys,
  fromTicketType,
  type TicketTypeValues,
  ticketTypeLabels,
  ticketTypeValues,
  toUpdateBody,
} from './ticket-type-form.ts';
import { TicketTypeForm } from './ticket-type-form.tsx';

type Key = keyof TicketTypeValues;

interface Conflict {
  mine: TicketTypeValues;
  current: TicketType;
  fields: ConflictingField<Key>[];
  /** The values that I changed and nobody else did. */
  undisputed: Key[];
}

/** The ticket type's own values, in a form that saves only what was changed. */
export function DetailsSection({ ticketType }: { ticketType: TicketType }) {
  const mayUpdate = useMay('updateTicketType');
  const update = useMutation(ticketTypeMutations.update(ticketType.id));
  const draft = useDraft(`ticket-type:${ticketType.id}`, ticketTypeValues);
  const [isDirty, setIsDirty] = useState(false);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [generation, setGeneration] = useState(0);
  // What the person began from: it stands still from the first change on, whatever is fetched meanwhile.
  const [began, setBegan] = useState(ticketType);
  if (!isDirty && began !== ticketType) setBegan(ticketType);
  const saved = useMemo(() => fromTicketType(began), [began]);

  async function save(values: TicketTypeValues, from: TicketType): Promise<boolean> {
    const body = toUpdateBody(values, fromTicketType(from));
    try {
      if (Object.keys(body).length > 0) await update.mutateAsync({ body, unmodifiedSince: from.updated_at });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.isConflict) return settle(values, from);
      if (!error.isOutcomeUnknown || !(await wasSaved(values, from))) return false;
    }
    toast({ title: `${values.name.trim()} saved`, tone: 'success' });
    return true;
  }

  function readBack(): Promise<TicketType | undefined> {
    return queryClient.fetchQuery({ ...ticketTypeQueries.detail(ticketType.id), staleTime: 0 }).catch(() => undefined);
  }

  /** The answer was lost: whether the change took effect is read back. */
  async function wasSaved(mine: TicketTypeValues, from: TicketType): Promise<boolean> {
    const current = await readBack();
    if (!current) return false;
    const now = fromTicketType(current);
    return changedKeys(mine, fromTicketType(from)).every((key) => now[key] === mine[key]);
  }

  /** Someone else saved meanwhile. Where both changed the same value the person chooses, else both changes stand. */
  async function settle(mine: TicketTypeValues, from: TicketType): Promise<boolean> {
    const current = await readBack();
    if (!current) return false;
    const [before, theirs] = [fromTicketType(from), fromTicketType(current)];
    const changedByThem = new Set(changedKeys(theirs, before));
    const changedByMe = changedKeys(mine, before).filter((key) => mine[key] !== theirs[key]);
    const disputed = changedByMe.filter((key) => changedByThem.has(key));
    const undisputed = changedByMe.filter((key) => !changedByThem.has(key));
    if (disputed.length === 0) {
      const isSaved = await save(withMine(theirs, mine, undisputed), current);
      if (isSaved) startOver();
      return isSaved;
    }
    const fields = disputed.map((key) => ({
      key,
      label: ticketTypeLabels[key],
      mine: inWords(mine[key]),
      theirs: inWords(theirs[key]),
    }));
    setConflict({ mine, current, fields, undisputed });
    return false;
  }

  async function resolve({ mine, current, undisputed }: Conflict, kept: Key[]) {
    setConflict(null);
    if (await save(withMine(fromTicketType(current), mine, [...undisputed, ...kept]), current)) startOver();
  }

  /** Draws the form anew from what is saved, which is no longer what was typed into it. */
  function startOver() {
    draft.set(undefined);
    setIsDirty(false);
    setGeneration(generation + 1);
  }

  return (
    <section aria-labelledby="details" className="flex flex-col gap-4">
      <h2 id="details" className="font-semibold text-lg">
        Details
      </h2>
      {mayUpdate ? (
        <TicketTypeForm
          key={generation}
          saved={saved}
          draft={draft}
          submitLabel="Save changes"
          onSubmit={(values) => save(values, began)}
          onDirtyChange={setIsDirty}
          submitError={update.error?.isConflict ? null : update.error}
        />
      ) : (
        <>
          {update.error ? <ErrorAlert error={update.error} /> : isDirty && <RoleLost />}
          <ReadOnlyDetails ticketType={ticketType} />
        </>
      )}
      {conflict && (
        <ConflictDialog
          title={conflict.current.name}
          fields={conflict.fields}
          onResolve={(kept) => resolve(conflict, kept)}
          onClose={() => setConflict(null)}
        />
      )}
    </section>
  );
}

/** Stands where the form was, for whom the role was taken away while they typed. */
function RoleLost() {
  return (
    <Alert tone="warning" live="alert" title="Your role does not allow this any more">
      What you entered is not saved. It is kept on this device, and offered to you when you have the role again.
    </Alert>
  );
}

function withMine(theirs: TicketTypeValues, mine: TicketTypeValues, keys: Key[]): TicketTypeValues {
  return { ...theirs, ...Object.fromEntries(keys.map((key) => [key, mine[key]])) };
}

function inWords(value: string | boolean): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return value;
}
