import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { TicketType, TicketTypeAttribute } from '#contract/ticket-types.ts';
import { ApiError } from '../../lib/api-error.ts';
import { useCreateKeys } from '../../lib/create-keys.ts';
import { useDraft } from '../../lib/draft.ts';
import { queryClient } from '../../lib/query-client.ts';
import { toast } from '../../ui/toast-store.ts';
import { type AttributeValues, fromAttribute, toCreateAttributeBody, toUpdateAttributeBody } from './attribute-form.ts';
import { ticketTypeMutations } from './mutations.ts';
import { ticketTypeQueries } from './queries.ts';
import {
  type AttributeRow,
  countStaged,
  nothingStaged,
  restage,
  type StagedAttributes,
  stageAdded,
  stageChanged,
  stagedAttributes,
  withoutAdded,
  withoutChange,
} from './staged-attributes.ts';

/** Two versions of one attribute: what was staged, and what someone else has saved since. */
export interface AttributeVersions {
  current: TicketTypeAttribute;
  before: AttributeValues;
  mine: AttributeValues;
}

/** What could not be saved: by row, and what stopped everything. */
export interface Failures {
  rows: Record<string, ApiError>;
  general: ApiError | null;
}

const noFailures: Failures = { rows: {}, general: null };

/** The staged changes to a ticket type's attributes, kept on this device until they are saved or discarded. */
export function useStagedAttributes(ticketType: TicketType) {
  const draft = useDraft(`ticket-type-attributes:${ticketType.id}`, stagedAttributes);
  const [staged, setStaged] = useState<StagedAttributes>(() => draft.get() ?? nothingStaged);
  const latest = useRef(staged);
  const [saving, setSaving] = useState<{ done: number; total: number } | null>(null);
  const [failures, setFailures] = useState<Failures>(noFailures);
  const [conflict, setConflict] = useState<AttributeVersions | null>(null);
  const create = useMutation(ticketTypeMutations.createAttribute(ticketType.id));
  const update = useMutation(ticketTypeMutations.updateAttribute(ticketType.id));
  const keys = useCreateKeys();

  function stage(next: StagedAttributes) {
    latest.current = next;
    draft.set(countStaged(next) === 0 ? undefined : next);
    setStaged(next);
  }

  /** Stages `values` for a row; without a row, as a new attribute. */
  function stageValues(row: AttributeRow | null, values: AttributeValues) {
    const { attribute } = row ?? {};
    setFailures(({ rows: { [row?.key ?? '']: _, ...rows } }) => ({ rows, general: null }));
    stage(
      attribute
        ? stageChanged(latest.current, attribute, values)
        : stageAdded(latest.current, row?.key ?? `new-${crypto.randomUUID()}`, values),
    );
  }

  function undoRow({ key, attribute }: AttributeRow) {
    stage(attribute ? withoutChange(latest.current, key) : withoutAdded(latest.current, key));
  }

  function discard() {
    const discarded = latest.current;
    setFailures(noFailures);
    stage(nothingStaged);
    const count = countStaged(discarded);
    toast({
      title: count === 1 ? '1 change discarded' : `${count} changes discarded`,
      action: { label: 'Undo', onSelect: () => stage(discarded) },
    });
  }

  /** Sends what is staged, one after the other. What was saved leaves the stage at once; the rest stays there. */
  async function save() {
    const { added, changed } = latest.current;
    const total = countStaged(latest.current);
    const rows: Record<string, ApiError> = {};
    let general: ApiError | null = null;
    let clash: AttributeVersions | null = null;
    let done = 0;
    setFailures(noFailures);

    const steps = [
      ...Object.entries(changed).map(([id, { values, before, unmodifiedSince }]) => ({
        key: id,
        send: () =>
          update.mutateAsync({ attributeId: id, body: toUpdateAttributeBody(values, before), unmodifiedSince }),
        settled: () => withoutChange(latest.current, id),
      })),
      ...added.map(({ key, values }) => ({
        key,
        send: () => {
          const body = toCreateAttributeBody(values);
          return create.mutateAsync({ body, idempotencyKey: keys.keyOf(key, body) });
        },
        settled: () => withoutAdded(latest.current, key),
      })),
    ];
    for (const { key, send, settled } of steps) {
      setSaving({ done, total });
      try {
        await send();
        stage(settled());
        done += 1;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.isConflict && changed[key]) clash ??= await versionsOf(key);
        else rows[key] = error;
        if (stopsEverything(error)) {
          general = error;
          delete rows[key];
          break;
        }
      }
    }
    if (general?.isOutcomeUnknown) await readBack();
    await queryClient.invalidateQueries({ queryKey: ticketTypeQueries.all() });
    setSaving(null);
    setFailures({ rows, general });
    setConflict(clash);
    if (done > 0) toast({ title: savedTitle(done, total), tone: done === total ? 'success' : 'neutral' });
  }

  async function current(): Promise<TicketTypeAttribute[] | undefined> {
    const options = { ...ticketTypeQueries.detail(ticketType.id), staleTime: 0 };
    const fresh = await queryClient.fetchQuery(options).catch(() => undefined);
    return fresh?.ticket_type_attributes.data;
  }

  /** The answer was lost: what turns out to be saved already leaves the stage. */
  async function readBack() {
    const attributes = await current();
    if (attributes === undefined) return;
    for (const attribute of attributes) {
      const values = fromAttribute(attribute);
      const change = latest.current.changed[attribute.id];
      if (change && Object.keys(toUpdateAttributeBody(change.values, values)).length === 0) {
        stage(withoutChange(latest.current, attribute.id));
      }
      const added = latest.current.added.find((entry) => entry.values.name.trim() === attribute.name);
      if (added && !attribute.archived) stage(withoutAdded(latest.current, added.key));
    }
    // What is still on the stage was not created: it may be sent again.
    for (const { key } of latest.current.added) keys.forget(key);
  }

  async function versionsOf(attributeId: string): Promise<AttributeVersions | null> {
    const attribute = (await current())?.find(({ id }) => id === attributeId);
    const change = latest.current.changed[attributeId];
    return attribute && change ? { current: attribute, before: change.before, mine: change.values } : null;
  }

  function resolveConflict(versions: AttributeVersions, values: AttributeValues) {
    setConflict(null);
    stage(restage(latest.current, versions.current, values));
    void save();
  }

  return {
    staged,
    stageValues,
    undoRow,
    discard,
    save,
    saving,
    failures,
    conflict,
    resolveConflict,
    dropConflict: () => setConflict(null),
  };
}

/** After these, the next request would fail as well. */
function stopsEverything({ status, isOutcomeUnknown }: ApiError): boolean {
  return status === 0 || status === 401 || status === 403 || status === 429 || status >= 500 || isOutcomeUnknown;
}

function savedTitle(done: number, total: number): string {
  if (done < total) return `${done} of ${total} changes saved`;
  return done === 1 ? '1 change saved' : `${done} changes saved`;
}
