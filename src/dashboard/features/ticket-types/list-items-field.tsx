import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Plus from 'lucide-react/icons/plus';
import X from 'lucide-react/icons/x';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { ticketTypeLimits } from '#contract/ticket-types.ts';
import { fieldMessage } from '../../lib/field-message.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import type { AttributeValues } from './attribute-form.ts';

/** A list attribute's items, one line each. Enter adds the next; pasted lines become items. */
export function ListItemsField() {
  const { control, register, formState } = useFormContext<AttributeValues>();
  const { fields, append, insert, remove, move } = useFieldArray({ control, name: 'listItems' });
  const errors = formState.errors.listItems;
  const listError = errors?.message ?? errors?.root?.message;
  const isFull = fields.length >= ticketTypeLimits.listItems;

  function handleKeyDown(event: KeyboardEvent<HTMLInputElement>, index: number) {
    if (event.nativeEvent.isComposing || event.metaKey || event.ctrlKey) return;
    const isEmpty = event.currentTarget.value === '';
    if (event.key === 'Enter') {
      event.preventDefault();
      if (!isEmpty && !isFull) insert(index + 1, { label: '' }, { focusName: `listItems.${index + 1}.label` });
    }
    if (event.key === 'Backspace' && isEmpty && fields.length > 1) {
      event.preventDefault();
      remove(index);
      focusItem(Math.max(index - 1, 0));
    }
    if (event.altKey && event.key === 'ArrowUp' && index > 0) moveItem(event, index, index - 1);
    if (event.altKey && event.key === 'ArrowDown' && index < fields.length - 1) moveItem(event, index, index + 1);
  }

  function moveItem(event: KeyboardEvent, from: number, to: number) {
    event.preventDefault();
    move(from, to);
    focusItem(to);
  }

  function handlePaste(event: ClipboardEvent<HTMLInputElement>, index: number) {
    const labels = event.clipboardData
      .getData('text')
      .split(/[\n,]/)
      .map((label) => label.trim())
      .filter(Boolean);
    if (labels.length < 2) return;
    event.preventDefault();
    const room = ticketTypeLimits.listItems - fields.length;
    insert(
      index + 1,
      labels.slice(0, room).map((label) => ({ label })),
    );
    if (event.currentTarget.value === '') remove(index);
  }

  return (
    <Field
      group
      label="List items"
      required
      error={fieldMessage('The list', listError)}
      help="One item a line. An item may not contain a comma, because the API separates items with it. Renaming an item makes it a new one for tickets that have it."
      aside={fields.length}
    >
      <ol className="flex flex-col gap-1" id="list-items">
        {fields.map((field, index) => {
          const message = fieldMessage(`Item ${index + 1}`, errors?.[index]?.label?.message);
          return (
            <li key={field.id} className="flex items-start gap-1">
              <Field label={`Item ${index + 1}`} hideLabel error={message} className="flex-1">
                <Input
                  {...register(`listItems.${index}.label`)}
                  autoComplete="off"
                  maxLength={ticketTypeLimits.listItem}
                  onKeyDown={(event) => handleKeyDown(event, index)}
                  onPaste={(event) => handlePaste(event, index)}
                />
              </Field>
              <IconButton
                label={`Move item ${index + 1} up`}
                icon={<ArrowUp />}
                disabled={index === 0}
                onClick={() => move(index, index - 1)}
              />
              <IconButton
                label={`Move item ${index + 1} down`}
                icon={<ArrowDown />}
                disabled={index === fields.length - 1}
                onClick={() => move(index, index + 1)}
              />
              <IconButton label={`Remove item ${index + 1}`} icon={<X />} onClick={() => remove(index)} />
            </li>
          );
        })}
      </ol>
      <Button
        size="sm"
        icon={<Plus />}
        className="self-start"
        disabled={isFull}
        onClick={() => append({ label: '' }, { focusName: `listItems.${fields.length}.label` })}
      >
        Add item
      </Button>
    </Field>
  );
}

/** After React has drawn the items anew. */
function focusItem(index: number) {
  requestAnimationFrame(() => document.querySelectorAll<HTMLInputElement>('#list-items input')[index]?.focus());
}
