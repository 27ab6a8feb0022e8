import { useIsMutating, useMutation, useMutationState, useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';
import type { Tag } from '#contract/tags.ts';
import type { Ticket } from '#contract/tickets.ts';
import { ApiError } from '../../lib/api-error.ts';
import { ConflictDialog, type ConflictingField } from '../../lib/conflict-dialog.tsx';
import { explainError } from '../../lib/explain-error.ts';
import { queryClient } from '../../lib/query-client.ts';
import { useMay } from '../../lib/session.ts';
import { toast } from '../../ui/toast-store.ts';
import { applyChange, type TicketChange, ticketMutations, ticketQueries, type UpdateTicketBody } from './queries.ts';
import { teammateQueries } from './teammate-queries.ts';
import {
  applyUpdate,
  changedFields,
  fieldsOf,
  fieldValue,
  pickFields,
  type TicketField,
} from './ticket-page-fields.ts';
import { fieldInWords, fieldLabel, type Teammates, ticketName } from './ticket-page-words.ts';

interface SaveOptions {
  /** The ticket as it was when the person began to change it; as it is shown now when left out. */
  base?: Ticket;
  /** The new assignee is a team. */
  isTeam?: boolean;
  /** What is said of a refusal is shown elsewhere. */
  quiet?: boolean;
}

interface TicketEditing {
  /** As it will be when all that the person changed has taken effect. */
  ticket: Ticket;
  teammates: Teammates;
  mayUpdate: boolean;
  /** Whether a change or a reply is on its way. */
  isWriting: boolean;
  /** Undefined when it was saved, and for one that the person took back; else why it was not. */
  save: (body: UpdateTicketBody, options?: SaveOptions) => Promise<ApiError | undefined>;
  setTag: (tag: Tag, isOn: boolean) => Promise<boolean>;
}

const Context = createContext<TicketEditing | undefined>(undefined);

/** The ticket of this page, and how to change it. */
export function useTicketEditing(): TicketEditing {
  const editing = use(Context);
  if (!editing) throw new Error('There is no ticket around this.');
  return editing;
}

const none: readonly never[] = [];

/** Who may be assigned, as far as it is known. */
function useTeammates(): Teammates {
  const { data: admins = none } = useQuery(teammateQueries.admins());
  const { data: teams = none } = useQuery(teammateQueries.teams());
  return useMemo(() => ({ admins, teams }), [admins, teams]);
}

interface Conflict {
  name: string;
  fields: ConflictingField<TicketField>[];
  /** Goes on with the fields for which the person keeps their own version; undefined: with none of it. */
  settle: (mine: TicketField[] | undefined) => void;
}

/** Keeps what is shown of a ticket, sends what is changed, and asks where two people changed the same. */
export function TicketEditingProvider({ saved, children }: { saved: Ticket; children: ReactNode }) {
  const { id } = saved;
  const mayUpdate = useMay('updateTicket');
  const teammates = useTeammates();
  const changeKey = ticketMutations.changeKey(id);
  const isWriting = useIsMutating({ mutationKey: ticketMutations.writeKey(id) }) > 0;
  const underWay = useMutationState({
    filters: { mutationKey: changeKey, status: 'pending' },
    // Only `ticketMutations.change` has this key.
    select: (mutation) => mutation.state.variables as TicketChange,
  });
  const ticket = useMemo(() => underWay.reduce(applyChange, saved), [saved, underWay]);
  const { mutateAsync } = useMutation(ticketMutations.change(id));
  const [conflict, setConflict] = useState<Conflict | null>(null);

  const save = useCallback<TicketEditing['save']>(
    async (body, { base = ticket, isTeam = false, quiet = false } = {}) => {
      const readBack = () =>
        queryClient.fetchQuery({ ...ticketQueries.detail(id), staleTime: 0 }).catch(() => undefined);

      async function send(part: UpdateTicketBody, from: Ticket): Promise<ApiError | undefined> {
        if (fieldsOf(part).length === 0) return undefined;
        try {
          // The parts are of no use for comparing, and there may be hundreds of them.
          await mutateAsync({ kind: 'update', body: part, base: { ...from, ticket_parts: undefined }, isTeam });
          return undefined;
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          if (error.isConflict) return settle(part, from, error);
          const current = error.isOutcomeUnknown ? await readBack() : undefined;
          const isThere =
            current && changedFields(current, applyUpdate(current, part, isTeam), fieldsOf(part)).length === 0;
          return isThere ? undefined : error;
        }
      }

      /** Someone else changed the ticket. Where both changed the same value the person chooses, else both changes stand. */
      async function settle(part: UpdateTicketBody, from: Ticket, error: ApiError): Promise<ApiError | undefined> {
        const current = await readBack();
        if (!current) return error;
        const mine = applyUpdate(current, part, isTeam);
        const open = changedFields(mine, current, fieldsOf(part));
        const disputed = changedFields(from, current, open);
        const kept = open.filter((field) => !disputed.includes(field));
        if (disputed.length > 0) {
          const words = (of: Ticket, field: TicketField) =>
            fieldInWords(field, fieldValue(of, field), current, teammates);
          const fields = disputed.map((key) => ({
            key,
            label: fieldLabel(key),
            mine: words(mine, key),
            theirs: words(current, key),
          }));
          const chosen = await new Promise<TicketField[] | undefined>((resolve) =>
            setConflict({ name: ticketName(current), fields, settle: resolve }),
          );
          setConflict(null);
          if (chosen === undefined) return error;
          kept.push(...chosen);
        }
        return send(pickFields(part, kept), current);
      }

      const error = await send(body, base);
      // A conflict that is still open was shown in its dialog.
      if (error && !quiet && !error.isConflict) tell(error);
      return error;
    },
    [id, ticket, teammates, mutateAsync],
  );

  const setTag = useCallback<TicketEditing['setTag']>(
    async (tag, isOn) => {
      try {
        await mutateAsync({ kind: isOn ? 'tag' : 'untag', tag });
        return true;
      } catch (error) {
        tell(error);
        return false;
      }
    },
    [mutateAsync],
  );

  const editing = useMemo(
    () => ({ ticket, teammates, mayUpdate, isWriting, save, setTag }),
    [ticket, teammates, mayUpdate, isWriting, save, setTag],
  );
  return (
    <Context value={editing}>
      {children}
      {conflict && (
        <ConflictDialog
          title={conflict.name}
          fields={conflict.fields}
          onResolve={conflict.settle}
          onClose={() => conflict.settle(undefined)}
        />
      )}
    </Context>
  );
}

function tell(error: unknown): void {
  const { title, text } = explainError(error);
  toast({ title, description: text, tone: 'danger' });
}
