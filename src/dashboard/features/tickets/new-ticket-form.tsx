import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { Link, useNavigate } from 'react-router';
import type { TicketType, TicketTypeAttribute } from '#contract/ticket-types.ts';
import { ApiError } from '../../lib/api-error.ts';
import { useCreateKeys } from '../../lib/create-keys.ts';
import { useDraft } from '../../lib/draft.ts';
import { ErrorAlert } from '../../lib/error-alert.tsx';
import { LeaveGuard } from '../../lib/leave-guard.tsx';
import { paths } from '../../lib/paths.ts';
import { useStored } from '../../lib/stored.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { toast } from '../../ui/toast-store.ts';
import { AttributeField } from './attribute-field.tsx';
import { findCompanies } from './company-search.ts';
import { emailOfNew, findContacts } from './contact-search.ts';
import {
  askedAttributes,
  type ChosenContact,
  emptyTicket,
  isEmpty,
  type NewTicketValues,
  newTicketValues,
  problemsOf,
  templateOf,
  toCreateBody,
} from './new-ticket-form.ts';
import { lastTicketType, lastValues } from './new-ticket-memory.ts';
import { createMutations } from './new-ticket-queries.ts';

/** The fields of a new ticket of one type. */
export function NewTicketForm({ ticketType }: { ticketType: TicketType }) {
  const navigate = useNavigate();
  const create = useMutation(createMutations.ticket());
  const createContact = useMutation(createMutations.contact());
  const keys = useCreateKeys();
  const draft = useDraft(`ticket:new:${ticketType.id}`, newTicketValues);
  const [offered, setOffered] = useState(() => {
    const kept = draft.get();
    return kept && !isEmpty(kept) ? kept : undefined;
  });
  const [template] = useState(() => lastValues(ticketType.id));
  const lastTime = useStored(template);
  const { shown, more } = askedAttributes(ticketType);
  const [empty] = useState(() => emptyTicket(ticketType));

  const form = useForm<NewTicketValues>({
    defaultValues: empty,
    resolver: (values) => {
      const problems = problemsOf(values, ticketType);
      if (problems.size === 0) return { values, errors: {} };
      return {
        values: {},
        errors: Object.fromEntries([...problems].map(([field, message]) => [field, { type: 'value', message }])),
      };
    },
  });
  const { control, handleSubmit, reset, setValue, getValues, watch, formState } = form;
  const { isSubmitting, isSubmitted } = formState;
  const values = watch();
  const isDirty = !isEmpty(values);
  // After the first attempt every change says at once whether it helped.
  const problems = isSubmitted ? problemsOf(values, ticketType) : new Map<string, string>();

  useEffect(() => {
    const { unsubscribe } = watch((entered) => {
      const kept = newTicketValues.safeParse(entered).data;
      if (kept) draft.set(isEmpty(kept) ? undefined : kept);
    });
    return unsubscribe;
  }, [watch, draft]);

  async function save(entered: NewTicketValues) {
    try {
      const contactId = await contactOf(entered.contact);
      const body = toCreateBody(entered, ticketType, contactId);
      const { id, ticket_id: number } = await create.mutateAsync({ body, idempotencyKey: keys.keyOf('ticket', body) });
      keys.forget('ticket');
      keys.forget('contact');
      template.set(templateOf(entered, ticketType));
      lastTicketType.set(ticketType.id);
      draft.set(undefined);
      reset(empty);
      toast({
        title: `Ticket #${number ?? id} created`,
        tone: 'success',
        action: { label: 'Create another', onSelect: () => void navigate(paths.newTicket.href()) },
      });
      // A form that is clean lets go.
      queueMicrotask(() => void navigate(paths.ticket.href(id)));
    } catch (error) {
      // It is shown above the buttons.
      if (!(error instanceof ApiError)) throw error;
    }
  }

  /** A contact with a name is made before the ticket; one with an email only is made by the workspace, with it. */
  async function contactOf(contact: ChosenContact | null): Promise<string | undefined> {
    if (contact?.kind !== 'new' || contact.name.trim() === '') return undefined;
    const body = { role: 'user' as const, email: contact.email, name: contact.name.trim() };
    const { id } = await createContact.mutateAsync({ body, idempotencyKey: keys.keyOf('contact', body) });
    return id;
  }

  const submit = handleSubmit(save, () => {
    const [first] = problemsOf(getValues(), ticketType).keys();
    document.getElementById(`new-ticket-${first}`)?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  });

  const fieldOf = (attribute: TicketTypeAttribute) => (
    <div key={attribute.id} id={`new-ticket-${attribute.id}`}>
      <Controller
        control={control}
        name={`attributes.${attribute.id}`}
        render={({ field }) => (
          <AttributeField
            attribute={attribute}
            text={field.value}
            error={problems.get(attribute.id)}
            onChange={field.onChange}
          />
        )}
      />
    </div>
  );
  const failure = createContact.error ?? create.error;
  const hasMoreProblems = more.some(({ id }) => problems.has(id));

  return (
    <form
      noValidate
      aria-label={`New ticket: ${ticketType.name}`}
      className="flex flex-col gap-5"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
        event.preventDefault();
        void submit();
      }}
    >
      <LeaveGuard isDirty={isDirty && !isSubmitting} />
      {offered && (
        <Alert
          title="You began a ticket here that was not created"
          actions={
            <>
              <Button
                size="sm"
                onClick={() => {
                  reset({ ...offered, attributes: { ...empty.attributes, ...offered.attributes } });
                  setOffered(undefined);
                }}
              >
                Go on with it
              </Button>
              <Button
                size="sm"
                variant="ghost"
                onClick={() => {
                  draft.set(undefined);
                  setOffered(undefined);
                }}
              >
                Discard
              </Button>
            </>
          }
        >
          It was kept on this device.
        </Alert>
      )}
      <div id="new-ticket-contact">
        <Controller
          control={control}
          name="contact"
          render={({ field }) => (
            <Field
              label="Contact"
              required
              error={problems.get('contact')}
              help="Who the ticket is for: found by name or email, or made by typing an email that nobody has."
            >
              <Combobox
                label="Contact"
                placeholder="Name or email"
                value={
                  field.value === null
                    ? undefined
                    : field.value.kind === 'known'
                      ? field.value.id
                      : `new:${field.value.email}`
                }
                valueLabel={
                  field.value === null
                    ? undefined
                    : field.value.kind === 'known'
                      ? field.value.label
                      : field.value.email
                }
                loadOptions={findContacts}
                empty="Nobody is called so. Type a whole email address to make a contact."
                onChange={(value, { label }) => {
                  const email = emailOfNew(value);
                  field.onChange(
                    email === undefined ? { kind: 'known', id: value, label } : { kind: 'new', email, name: '' },
                  );
                }}
              />
            </Field>
          )}
        />
      </div>
      {values.contact?.kind === 'new' && (
        <Field
          label="Name of the new contact"
          help={`A contact with the email ${values.contact.email} is made with the ticket.`}
        >
          <Input
            dir="auto"
            autoComplete="off"
            value={values.contact.name}
            onChange={({ target }) => {
              const { contact } = getValues();
              if (contact?.kind === 'new')
                setValue('contact', { ...contact, name: target.value }, { shouldDirty: true });
            }}
          />
        </Field>
      )}
      <Controller
        control={control}
        name="company"
        render={({ field }) => (
          <Field
            label="Company"
            aside={
              field.value && (
                <Button size="sm" variant="ghost" onClick={() => field.onChange(null)}>
                  Remove
                </Button>
              )
            }
          >
            <Combobox
              label="Company"
              placeholder="None"
              value={field.value?.id}
              valueLabel={field.value?.label}
              loadOptions={findCompanies}
              onChange={(id, { label }) => field.onChange({ id, label })}
            />
          </Field>
        )}
      />
      {lastTime && Object.keys(lastTime).length > 0 && (
        <div>
          <Button
            size="sm"
            onClick={() => {
              for (const [id, text] of Object.entries(lastTime)) {
                setValue(`attributes.${id}`, text, { shouldDirty: true });
              }
            }}
          >
            Fill in as last time
          </Button>
        </div>
      )}
      {shown.map(fieldOf)}
      {more.length > 0 && (
        <details className="flex flex-col gap-5" {...(hasMoreProblems && { open: true })}>
          <summary className="cursor-pointer text-muted hover:text-fg">
            {more.length === 1 ? 'One more field' : `${more.length} more fields`}
          </summary>
          <div className="mt-4 flex flex-col gap-5">{more.map(fieldOf)}</div>
        </details>
      )}
      {failure && <ErrorAlert error={failure} />}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <Link to={paths.tickets.href()} className={buttonClass({ variant: 'ghost' })}>
          Cancel
        </Link>
        <Button type="submit" variant="primary" pending={isSubmitting}>
          Create ticket
          <span className="max-sm:hidden">
            <Kbd keys="mod+Enter" />
          </span>
        </Button>
      </div>
    </form>
  );
}
