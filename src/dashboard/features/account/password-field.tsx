import Eye from 'lucide-react/icons/eye';
import EyeOff from 'lucide-react/icons/eye-off';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';

interface PasswordFieldProps extends Omit<ComponentProps<'input'>, 'type'> {
  label?: string;
  help?: ReactNode;
  error?: ReactNode;
  aside?: ReactNode;
  /** Marks it as required; left out where a form has no field that is not. */
  required?: boolean;
  /** Lets a password manager offer the right thing. */
  autoComplete: 'current-password' | 'new-password';
}

/** A password, with a button that shows what was typed. */
export function PasswordField({ label = 'Password', help, error, aside, required, ...rest }: PasswordFieldProps) {
  const [isShown, setIsShown] = useState(false);
  return (
    <Field label={label} help={help} error={error} aside={aside} required={required}>
      <Input
        {...rest}
        required
        type={isShown ? 'text' : 'password'}
        spellCheck={false}
        autoCapitalize="none"
        trailing={
          <IconButton
            label={isShown ? `Hide ${label.toLowerCase()}` : `Show ${label.toLowerCase()}`}
            size="sm"
            icon={isShown ? <EyeOff /> : <Eye />}
            onClick={() => setIsShown(!isShown)}
          />
        }
      />
    </Field>
  );
}
