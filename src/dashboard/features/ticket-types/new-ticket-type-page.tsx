import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { ApiError } from '../../lib/api-error.ts';
import { useCreateKeys } from '../../lib/create-keys.ts';
import { useDraft } from '../../lib/draft.ts';
import { paths } from '../../lib/paths.ts';
import { queryClient } from '../../lib/query-client.ts';
import { RoleNeeded } from '../../lib/role-needed.tsx';
import { useNeededRoles } from '../../lib/session.ts';
import { buttonClass } from '../../ui/button.tsx';
import { toast } from '../../ui/toast-store.ts';
import { ticketTypeMutations } from './mutations.ts';
import { ticketTypeQueries } from './queries.ts';
import { emptyTicketType, type TicketTypeValues, ticketTypeValues, toCreateBody } from './ticket-type-form.ts';
import { TicketTypeForm } from './ticket-type-form.tsx';

/** The page on which a ticket type is made. */
export function NewTicketTypePage() {
  const needed = useNeededRoles('createTicketType');
  if (needed === undefined) return <NewTicketType />;
  return <RoleNeeded message={`Creating ticket types needs the role ${needed}.`} />;
}

function NewTicketType() {
  const navigate = useNavigate();
  const create = useMutation(ticketTypeMutations.create());
  const draft = useDraft('ticket-type:new', ticketTypeValues);
  const [isSafeToRepeat, setIsSafeToRepeat] = useState(false);
  const keys = useCreateKeys();

  async function handleSubmit(values: TicketTypeValues): Promise<boolean> {
    const startedAt = Math.floor(Date.now() / 1000);
    setIsSafeToRepeat(false);
    try {
      const body = toCreateBody(values);
      const { id, name } = await create.mutateAsync({ body, idempotencyKey: keys.keyOf('ticket-type', body) });
      toast({ title: `${name} created`, tone: 'success' });
      leaveTo(id);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError && error.isOutcomeUnknown)) return false;
      return lookForIt(values, startedAt);
    }
  }

  /** The answer was lost. Whether it was created is read back before anything is sent again. */
  async function lookForIt(values: TicketTypeValues, startedAt: number): Promise<boolean> {
    const ticketTypes = await queryClient
      .fetchQuery({ ...ticketTypeQueries.list(), staleTime: 0 })
      .catch(() => undefined);
    if (!ticketTypes) return false;
    const found = ticketTypes.findLast(
      (ticketType) => ticketType.name === values.name.trim() && ticketType.created_at >= startedAt - 5,
    );
    if (!found) {
      setIsSafeToRepeat(true);
      keys.forget('ticket-type');
      return false;
    }
    toast({ title: `${found.name} created`, description: 'The connection was lost, but it was saved.' });
    leaveTo(found.id);
    return true;
  }

  function leaveTo(id: string) {
    // After the form has dropped its draft and is clean: a clean form lets go.
    queueMicrotask(() => void navigate(paths.ticketType.href(id)));
  }

  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6 p-4 md:p-6">
      <title>Create ticket type · Deskbell</title>
      <div>
        <Link to={paths.ticketTypes.href()} className="text-muted text-sm hover:text-fg">
          Ticket types
        </Link>
        <h1 tabIndex={-1} className="font-semibold text-xl outline-none">
          Create ticket type
        </h1>
        <p className="text-muted">It starts with a title and a description. You add further attributes next.</p>
      </div>
      <TicketTypeForm
        saved={emptyTicketType}
        draft={draft}
        submitLabel="Create ticket type"
        canSubmitPristine
        onSubmit={handleSubmit}
        submitError={create.error}
        errorActions={
          create.error?.isOutcomeUnknown ? (
            <span className="text-sm">
              {isSafeToRepeat
                ? 'It is not in the list, so you can create it again.'
                : 'The list could not be read either. Look there before you create it again.'}
            </span>
          ) : undefined
        }
        secondaryAction={
          <Link to={paths.ticketTypes.href()} className={buttonClass({ variant: 'ghost' })}>
            Cancel
          </Link>
        }
      />
    </div>
  );
}
