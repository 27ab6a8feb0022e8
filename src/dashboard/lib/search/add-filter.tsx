import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { SearchFilter } from '#contract/search.ts';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { tooltip } from '../../ui/tooltip.ts';
import { FilterEditor } from './filter-editor.tsx';
import type { QueryPath } from './query-edit.ts';
import type { SearchField } from './search-field.ts';

interface AddFilterProps {
  fields: readonly SearchField[];
  label: string;
  icon?: ReactNode;
  /** Why nothing can be added now. */
  refusal: string | undefined;
  /** Adds the filter, once it is whole. Returns where it stands then. */
  onAdd: (filter: SearchFilter) => QueryPath;
  /** Changes the filter that was added, while its editor is still open. */
  onChange: (path: QueryPath, filter: SearchFilter) => void;
}

/** A button that asks for a field, then for the rest. The filter counts as soon as it is whole. */
export function AddFilter({ fields, label, icon, refusal, onAdd, onChange }: AddFilterProps) {
  // The filter just added may be the last that fits: it must stay open to changes.
  const [isEditing, setIsEditing] = useState(false);
  const refused = isEditing ? undefined : refusal;
  return (
    <Popover
      label={label}
      className="p-3"
      trigger={(props) => (
        <Button
          {...props}
          {...(refused !== undefined && tooltip(refused))}
          size="sm"
          variant="ghost"
          icon={icon}
          aria-disabled={refused !== undefined}
          onClick={() => refused === undefined && props.onClick()}
        >
          {label}
        </Button>
      )}
    >
      {({ close }) => (
        <NewFilter fields={fields} onAdd={onAdd} onChange={onChange} onDone={close} onEditing={setIsEditing} />
      )}
    </Popover>
  );
}

interface NewFilterProps extends Pick<AddFilterProps, 'fields' | 'onAdd' | 'onChange'> {
  onDone: () => void;
  onEditing: (isEditing: boolean) => void;
}

function NewFilter({ fields, onAdd, onChange, onDone, onEditing }: NewFilterProps) {
  const added = useRef<QueryPath | null>(null);
  const tell = useEffectEvent(onEditing);
  useEffect(() => {
    tell(true);
    return () => tell(false);
  }, []);
  return (
    <FilterEditor
      fields={fields}
      onChange={(filter) => {
        if (added.current === null) added.current = onAdd(filter);
        else onChange(added.current, filter);
      }}
      onDone={onDone}
    />
  );
}
