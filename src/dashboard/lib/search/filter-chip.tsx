import TriangleAlert from 'lucide-react/icons/triangle-alert';
import X from 'lucide-react/icons/x';
import type { KeyboardEvent } from 'react';
import type { SearchFilter } from '#contract/search.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { Popover } from '../../ui/popover.tsx';
import { FilterEditor } from './filter-editor.tsx';
import { filterWords } from './filter-words.ts';
import type { SearchField } from './search-field.ts';

/** Something that can be done with a filter besides changing it; `refusal` says why not now. */
export interface ChipAction {
  label: string;
  refusal?: string | undefined;
  run: () => void;
}

interface FilterChipProps {
  fields: readonly SearchField[];
  filter: SearchFilter;
  /** Only one of all chips is a stop for Tab; arrow keys lead to the others. */
  isTabStop: boolean;
  actions: readonly ChipAction[];
  onChange: (filter: SearchFilter) => void;
  onRemove: () => void;
}

/** One filter in words. It opens to be changed; Backspace and Delete remove it. */
export function FilterChip({ fields, filter, isTabStop, actions, onChange, onRemove }: FilterChipProps) {
  const field = fields.find(({ name }) => name === filter.field);
  const { field: name, condition, value } = filterWords(filter, field);
  const isBroken = field === undefined;
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Backspace' && event.key !== 'Delete') return;
    event.preventDefault();
    onRemove();
  };
  return (
    <span
      className={cx(
        'inline-flex h-7 min-w-0 max-w-full items-center rounded-md border bg-surface',
        isBroken ? 'border-danger' : 'border-strong',
      )}
    >
      <Popover
        label={`Filter by ${name}`}
        className="p-3"
        trigger={(props) => (
          <button
            {...props}
            type="button"
            data-chip=""
            tabIndex={isTabStop ? 0 : -1}
            className="inline-flex h-full min-w-0 items-center gap-1 rounded-md ps-2 pe-1 text-sm hover:bg-hover"
            onKeyDown={handleKey}
          >
            {isBroken && <TriangleAlert aria-label="Unknown field" className="size-3.5 shrink-0 text-danger" />}
            <span className="max-w-32 shrink-0 truncate text-muted sm:max-w-48">{name}</span>
            <span className="shrink-0 text-muted">{condition}</span>
            {value !== '' && <span className="max-w-60 truncate font-medium">{value}</span>}
          </button>
        )}
      >
        {({ close }) =>
          isBroken ? (
            <div className="flex w-64 flex-col items-start gap-2">
              <p>There is no field “{filter.field}” any more, so nothing can be found by it.</p>
              <Button size="sm" data-autofocus="" onClick={removeAfter(close)}>
                Remove the filter
              </Button>
            </div>
          ) : (
            <FilterEditor
              fields={fields}
              filter={filter}
              onChange={onChange}
              onDone={close}
              footer={
                <div className="-mx-3 -mb-3 flex flex-wrap gap-1 border-line border-t p-2">
                  {actions.map(({ label, refusal, run }) => (
                    <Button
                      key={label}
                      size="sm"
                      variant="ghost"
                      aria-disabled={refusal !== undefined}
                      title={refusal}
                      onClick={() => {
                        if (refusal !== undefined) return;
                        close();
                        run();
                      }}
                    >
                      {label}
                    </Button>
                  ))}
                  <Button size="sm" variant="ghost" className="ms-auto" onClick={removeAfter(close)}>
                    Remove
                  </Button>
                </div>
              }
            />
          )
        }
      </Popover>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Remove: ${name} ${condition} ${value}`.trim()}
        className="inline-flex h-full w-6 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-fg"
        onClick={onRemove}
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </span>
  );

  function removeAfter(close: () => void) {
    return () => {
      close();
      onRemove();
    };
  }
}
