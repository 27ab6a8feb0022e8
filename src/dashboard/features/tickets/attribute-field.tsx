import type { TicketTypeAttribute } from '#contract/ticket-types.ts';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Select } from '../../ui/select.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { attributeLabel } from './attribute-label.ts';

interface AttributeFieldProps {
  attribute: TicketTypeAttribute;
  /** As `readAttributeText` reads it. */
  text: string;
  error?: string | undefined;
  onChange: (text: string) => void;
}

/** The field of one attribute, with the control for its data type. */
export function AttributeField({ attribute, text, error, onChange }: AttributeFieldProps) {
  const { data_type: dataType, description, required_to_create: isRequired, input_options: options } = attribute;
  const help = [description, dataType === 'files' ? filesHelp(options?.allow_multiple_values === true) : '']
    .filter((part) => part !== '')
    .join('. ');
  return (
    <Field label={attributeLabel(attribute)} required={isRequired} help={help || undefined} error={error}>
      <Control attribute={attribute} text={text} onChange={onChange} />
    </Field>
  );
}

function filesHelp(allowsMany: boolean): string {
  return allowsMany ? 'Web addresses, each on a line of its own' : 'The web address of a file';
}

function Control({ attribute, text, onChange }: Pick<AttributeFieldProps, 'attribute' | 'text' | 'onChange'>) {
  const { data_type: dataType, input_options: options } = attribute;
  switch (dataType) {
    case 'list':
      return (
        <Select value={text} onChange={({ target }) => onChange(target.value)}>
          <option value="">None</option>
          {options?.list_options?.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      );
    case 'boolean':
      return (
        <Select value={text} onChange={({ target }) => onChange(target.value)}>
          <option value="">Not set</option>
          <option value="yes">Yes</option>
          <option value="no">No</option>
        </Select>
      );
    case 'datetime':
      return <Input type="datetime-local" value={text} onChange={({ target }) => onChange(target.value)} />;
    case 'integer':
    case 'decimal':
      return (
        <Input
          inputMode={dataType === 'integer' ? 'numeric' : 'decimal'}
          autoComplete="off"
          value={text}
          onChange={({ target }) => onChange(target.value)}
          className="tabular-nums"
        />
      );
    default: {
      const isLong = options?.multiline === true || options?.allow_multiple_values === true;
      return isLong ? (
        <Textarea dir="auto" rows={4} value={text} onChange={({ target }) => onChange(target.value)} />
      ) : (
        <Input dir="auto" autoComplete="off" value={text} onChange={({ target }) => onChange(target.value)} />
      );
    }
  }
}
