import type { UseFormRegisterReturn } from 'react-hook-form';
import { roles } from '#contract/gateway/roles.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { roleWords } from './role-words.ts';

/** The roles to tick, each with what it may do. */
export function RoleFields({
  registration,
  error,
}: {
  registration: UseFormRegisterReturn;
  error: string | undefined;
}) {
  return (
    <Field group label="Roles" required error={error}>
      <div className="flex flex-col gap-1.5">
        {roles.map((role) => (
          <Checkbox
            key={role}
            {...registration}
            value={role}
            label={roleWords[role].label}
            help={roleWords[role].help}
          />
        ))}
      </div>
    </Field>
  );
}
