import Check from 'lucide-react/icons/check';
import { Fragment, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { cx } from './class-names.ts';
import { panelClass } from './panel.ts';
import { placeBeside } from './place.ts';
import type { ComboboxOption } from './use-options.ts';

interface OptionListProps {
  id: string;
  label: string;
  options: readonly ComboboxOption[];
  /** Said under the options, or in their place. */
  note: ReactNode;
  active: number;
  isChosen: (value: string) => boolean;
  multiple: boolean;
  /** What it floats beside; without it, it stands in the page. */
  anchor?: RefObject<HTMLElement | null> | undefined;
  onPoint: (index: number) => void;
  onChoose: (option: ComboboxOption) => void;
}

/** The id of an option, for `aria-activedescendant`. */
export function optionId(listId: string, index: number): string {
  return `${listId}option${index}`;
}

/** The options of a combobox. The focus stays in its input; presses here do not take it. */
export function OptionList({
  id,
  label,
  options,
  note,
  active,
  isChosen,
  multiple,
  anchor,
  onPoint,
  onChoose,
}: OptionListProps) {
  const panel = useRef<HTMLDivElement>(null);
  const activeId = optionId(id, active);

  useEffect(() => {
    const list = panel.current;
    const keepFocus = (event: Event) => event.preventDefault();
    list?.addEventListener('mousedown', keepFocus);
    return () => list?.removeEventListener('mousedown', keepFocus);
  }, []);

  useLayoutEffect(() => {
    const list = panel.current;
    const beside = anchor?.current;
    if (!list || !beside) return;
    const place = () => {
      list.style.minWidth = `${beside.offsetWidth}px`;
      placeBeside(beside, list, { side: 'bottom', align: 'start' });
    };
    list.showPopover();
    place();
    const { signal, abort } = withAbort();
    window.addEventListener('resize', place, { signal });
    window.addEventListener('scroll', ({ target }) => target instanceof Node && !list.contains(target) && place(), {
      signal,
      capture: true,
      passive: true,
    });
    const grown = new ResizeObserver(place);
    grown.observe(list);
    return () => {
      abort();
      grown.disconnect();
    };
  }, [anchor]);

  useEffect(() => {
    panel.current?.querySelector(`[id="${CSS.escape(activeId)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  return (
    <div
      ref={panel}
      popover={anchor ? 'manual' : undefined}
      className={cx(
        anchor ? cx(panelClass, 'max-w-[min(24rem,calc(100vw-1rem))]') : 'max-h-64',
        'overflow-y-auto overscroll-contain p-1',
      )}
    >
      <div id={id} role="listbox" aria-label={label} aria-multiselectable={multiple || undefined}>
        {options.map((option, index) => {
          const isFirst = option.group !== undefined && option.group !== options[index - 1]?.group;
          return (
            <Fragment key={option.value}>
              {isFirst && (
                <div role="presentation" className="px-2 pt-1.5 pb-1 font-medium text-faint text-xs">
                  {option.group}
                </div>
              )}
              {/* biome-ignore lint/a11y/useFocusableInteractive: the input points at it by aria-activedescendant */}
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: the input hears the keys */}
              <div
                id={optionId(id, index)}
                role="option"
                aria-selected={isChosen(option.value)}
                className={cx(
                  'flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1 [&_svg]:size-4 [&_svg]:shrink-0',
                  index === active && 'bg-hover outline-2 outline-transparent',
                )}
                onPointerMove={() => index !== active && onPoint(index)}
                onClick={() => onChoose(option)}
              >
                {option.icon}
                <span className="min-w-0 flex-1 truncate">{option.label}</span>
                {option.hint && <span className="truncate text-muted text-xs">{option.hint}</span>}
                <Check aria-hidden="true" className={cx(!isChosen(option.value) && 'invisible')} />
              </div>
            </Fragment>
          );
        })}
      </div>
      {note && <p className="px-2 py-1.5 text-muted text-sm">{note}</p>}
    </div>
  );
}

function withAbort() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
