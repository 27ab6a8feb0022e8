import { createContext, use } from 'react';

interface FieldParts {
  id: string | undefined;
  labelId: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
}

/** What a `Field` tells the control in it. */
export const FieldContext = createContext<FieldParts | undefined>(undefined);

interface ControlAttributes {
  id?: string | undefined;
  required?: boolean | undefined;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | 'true' | 'false' | 'grammar' | 'spelling' | undefined;
}

/** The attributes a control takes from the field around it; its own win. Empty outside of a field. */
export function useFieldControl(own: ControlAttributes = {}) {
  const field = use(FieldContext);
  const describedBy = [own['aria-describedby'], field?.describedBy].filter(Boolean).join(' ');
  return {
    id: own.id ?? field?.id,
    'aria-describedby': describedBy || undefined,
    'aria-invalid': own['aria-invalid'] ?? (field?.invalid || undefined),
    'aria-required': own.required ?? (field?.required || undefined),
  };
}

/** The id of the surrounding field's label, for controls that take `aria-labelledby`. */
export function useFieldLabelId(): string | undefined {
  return use(FieldContext)?.labelId;
}
