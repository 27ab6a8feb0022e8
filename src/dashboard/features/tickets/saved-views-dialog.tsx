import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { type SavedView, viewLimits } from '#contract/gateway/views.ts';
import { ErrorAlert } from '../../lib/error-alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { viewMutations } from './saved-views-queries.ts';

interface SaveViewDialogProps {
  /** The view to rename or share; a new one without it. */
  view: SavedView | undefined;
  /** What a new view keeps. */
  state: Record<string, string>;
  onSaved: (view: SavedView) => void;
  onClose: () => void;
}

/** Asks for a view's name, and whether others see it. */
export function SaveViewDialog({ view, state, onSaved, onClose }: SaveViewDialogProps) {
  const formId = useId();
  const [name, setName] = useState(view?.name ?? '');
  const [isShared, setIsShared] = useState(view?.is_shared ?? false);
  const [isMissing, setIsMissing] = useState(false);
  const create = useMutation(viewMutations.create());
  const update = useMutation(viewMutations.update());
  const { isPending, error } = view ? update : create;

  async function submit(event: FormEvent) {
    event.preventDefault();
    const wanted = { name: name.trim(), is_shared: isShared };
    if (wanted.name === '') return setIsMissing(true);
    try {
      const saved = view
        ? await update.mutateAsync({ id: view.id, body: wanted })
        : await create.mutateAsync({ ...wanted, state });
      onSaved(saved);
      onClose();
    } catch {
      // Said above the buttons.
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={view ? 'Rename or share the view' : 'Save as a new view'}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} pending={isPending}>
            Save view
          </Button>
        </>
      }
    >
      <form id={formId} className="flex flex-col gap-4" onSubmit={submit}>
        <Field label="Name" required error={isMissing && name.trim() === '' ? 'Enter a name.' : undefined}>
          <Input
            data-autofocus=""
            dir="auto"
            autoComplete="off"
            maxLength={viewLimits.name}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </Field>
        <Checkbox
          label="Share with everyone in this Deskbell"
          help="Filters, order and columns. “Assigned to me” is whoever looks."
          checked={isShared}
          onChange={({ target }) => setIsShared(target.checked)}
        />
        {error && <ErrorAlert error={error} />}
      </form>
    </Dialog>
  );
}
