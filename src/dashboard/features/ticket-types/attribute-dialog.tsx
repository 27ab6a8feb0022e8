import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, FormProvider, useForm } from 'react-hook-form';
import { attributeDataTypes, ticketTypeLimits } from '#contract/ticket-types.ts';
import { fieldMessage } from '../../lib/field-message.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { type AttributeValues, attributeLabel, attributeValues, emptyAttribute } from './attribute-form.ts';
import { dataTypeLabels } from './data-types.tsx';
import { ListItemsField } from './list-items-field.tsx';
import type { AttributeRow } from './staged-attributes.ts';

interface AttributeDialogProps {
  /** The row to edit; null for a new attribute. */
  row: AttributeRow | null;
  isNameTaken: (name: string) => boolean;
  onStage: (values: AttributeValues) => void;
  onClose: () => void;
}

/** One attribute's fields. Done stages them; nothing is sent. */
export function AttributeDialog({ row, isNameTaken, onStage, onClose }: AttributeDialogProps) {
  const form = useForm({ resolver: zodResolver(attributeValues), defaultValues: row?.values ?? emptyAttribute });
  const { control, register, handleSubmit, setError, watch, formState } = form;
  const { errors } = formState;
  const isDefault = row?.attribute?.default === true;
  const isExisting = row?.attribute !== undefined;
  const dataType = watch('dataType');

  const submit = handleSubmit((values) => {
    if (!values.archived && isNameTaken(values.name)) {
      setError('name', { type: 'taken', message: 'is the name of another attribute already' }, { shouldFocus: true });
      return;
    }
    onStage(onlyOptionsOf(values));
  });

  return (
    <Dialog
      open
      onClose={onClose}
      size="md"
      title={row ? attributeLabel(row.values) : 'Add attribute'}
      description={
        isDefault
          ? 'Every ticket type has this attribute: its name and data type stay, and it cannot be archived.'
          : undefined
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="attribute">
            {isExisting || row ? 'Done' : 'Add'}
          </Button>
        </>
      }
    >
      <FormProvider {...form}>
        <form
          id="attribute"
          noValidate
          onSubmit={submit}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void submit();
          }}
          className="flex flex-col gap-4"
        >
          {!isDefault && (
            <div className="grid gap-4 sm:grid-cols-2">
              <Field label="Name" required error={fieldMessage('Name', errors.name?.message)}>
                <Input
                  {...register('name')}
                  data-autofocus=""
                  autoComplete="off"
                  maxLength={ticketTypeLimits.attributeName}
                />
              </Field>
              <Field
                label="Data type"
                required
                help={isExisting ? 'The data type stays as it was created.' : undefined}
              >
                <Select {...register('dataType')} disabled={isExisting}>
                  {attributeDataTypes.map((each) => (
                    <option key={each} value={each}>
                      {dataTypeLabels[each]}
                    </option>
                  ))}
                </Select>
              </Field>
            </div>
          )}
          <Field
            label="Description"
            help="Shown to whoever fills it in."
            error={fieldMessage('Description', errors.description?.message)}
          >
            <Textarea {...register('description')} rows={2} />
          </Field>
          {dataType === 'string' && !isDefault && (
            <Checkbox {...register('multiline')} label="Several lines" help="A text area in place of one line." />
          )}
          {dataType === 'files' && (
            <Checkbox
              {...register('allowMultipleValues')}
              label="Several files"
              help="More than one may be attached."
            />
          )}
          {dataType === 'list' && <Controller control={control} name="listItems" render={() => <ListItemsField />} />}
          <div className="grid gap-4 sm:grid-cols-2">
            <fieldset className="flex flex-col gap-1">
              <legend className="mb-1 font-medium">Teammates creating a ticket</legend>
              <Checkbox {...register('visibleOnCreate')} label="See it" />
              <Checkbox {...register('requiredToCreate')} label="Must fill it in" />
            </fieldset>
            <fieldset className="flex flex-col gap-1">
              <legend className="mb-1 font-medium">Customers creating a ticket</legend>
              <Checkbox {...register('visibleToContacts')} label="See it" />
              <Checkbox {...register('requiredToCreateForContacts')} label="Must fill it in" />
            </fieldset>
          </div>
        </form>
      </FormProvider>
    </Dialog>
  );
}

/** Options of another data type are left behind when the type was changed. */
function onlyOptionsOf(values: AttributeValues): AttributeValues {
  return {
    ...values,
    multiline: values.dataType === 'string' && values.multiline,
    listItems: values.dataType === 'list' ? values.listItems : [],
    allowMultipleValues: values.dataType === 'files' && values.allowMultipleValues,
  };
}
