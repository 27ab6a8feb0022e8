import Search from 'lucide-react/icons/search';
import type { RefObject } from 'react';
import { Input } from './input.tsx';
import { Kbd } from './kbd.tsx';

interface SearchFieldProps {
  ref: RefObject<HTMLInputElement | null>;
  /** "Search people" */
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** The search of a list. Escape empties it, and leaves it when it is empty; the `/` that reaches it stands inside. */
export function SearchField({ ref, label, value, onChange }: SearchFieldProps) {
  return (
    <div className="w-full sm:w-72">
      <Input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={label}
        icon={<Search />}
        trailing={value === '' ? <Kbd keys="/" /> : undefined}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (value !== '') onChange('');
          else event.currentTarget.blur();
        }}
      />
    </div>
  );
}
