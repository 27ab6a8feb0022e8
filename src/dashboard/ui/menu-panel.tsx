import Check from 'lucide-react/icons/check';
import { type KeyboardEvent, type ReactNode, type RefObject, useRef } from 'react';
import type { Anchored } from './anchored.ts';
import { cx } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import { panelClass, usePanel } from './panel.ts';
import type { Placement } from './place.ts';

export interface MenuAction {
  label: string;
  onSelect: () => void;
  icon?: ReactNode;
  /** Shown, not bound. */
  shortcut?: string | undefined;
  tone?: 'danger';
  /** It cannot be chosen now; `hint` says why. */
  disabled?: boolean | undefined;
  hint?: string | undefined;
  /** Makes it an item that is on or off. */
  checked?: boolean;
}

export type MenuItem = MenuAction | { heading: string } | 'separator';

interface MenuPanelProps {
  label: string;
  items: readonly MenuItem[];
  header?: ReactNode;
  anchored: Anchored;
  placement: Placement;
  /** Which item gets the focus; the first again, once it has it. */
  focusAt: RefObject<'first' | 'last'>;
  onHide: () => void;
}

/** What `Menu` shows while it is open. */
export function MenuPanel({ label, items, header, anchored, placement, focusAt, onHide }: MenuPanelProps) {
  const typed = useRef({ text: '', at: 0 });
  const panelProps = usePanel(anchored, placement, (panel) => {
    entriesOf(panel)
      .at(focusAt.current === 'first' ? 0 : -1)
      ?.focus();
    focusAt.current = 'first';
  });

  function handleKey(event: KeyboardEvent<HTMLElement>) {
    const entries = entriesOf(event.currentTarget);
    const focused = document.activeElement;
    const at = focused instanceof HTMLElement ? entries.indexOf(focused) : -1;
    const target = () => {
      if (event.key === 'ArrowDown') return entries[(at + 1) % entries.length];
      if (event.key === 'ArrowUp') return entries.at(at <= 0 ? -1 : at - 1);
      if (event.key === 'Home') return entries[0];
      if (event.key === 'End') return entries.at(-1);
      if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
        const fresh = event.timeStamp - typed.current.at > 700;
        typed.current = { text: (fresh ? '' : typed.current.text) + event.key.toLowerCase(), at: event.timeStamp };
        const { text } = typed.current;
        const fromHere = [...entries.slice(at + (text.length === 1 ? 1 : 0)), ...entries];
        return fromHere.find((entry) => entry.textContent?.trim().toLowerCase().startsWith(text));
      }
      return undefined;
    };
    if (event.key === 'Tab') return onHide();
    const next = target();
    // The page's own shortcuts must not hear what was meant for the menu.
    event.stopPropagation();
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  }

  function select(action: MenuAction) {
    if (action.disabled) return;
    onHide();
    action.onSelect();
  }

  return (
    <div {...panelProps} className={cx(panelClass, 'min-w-44 max-w-80 overflow-y-auto')}>
      {header && <div className="border-line border-b px-3 py-2">{header}</div>}
      <div role="menu" aria-label={label} tabIndex={-1} className="p-1" onKeyDown={handleKey}>
        {items.map((item, index) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: a menu is drawn anew each time it opens
          if (item === 'separator') return <hr key={index} className="-mx-1 my-1 border-line" />;
          if ('heading' in item)
            return (
              <div key={item.heading} role="presentation" className="px-2 pt-1.5 pb-1 font-medium text-faint text-xs">
                {item.heading}
              </div>
            );
          return <Entry key={item.label} action={item} onSelect={() => select(item)} />;
        })}
      </div>
    </div>
  );
}

function entriesOf(panel: HTMLElement): HTMLElement[] {
  return [...panel.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
}

function Entry({ action, onSelect }: { action: MenuAction; onSelect: () => void }) {
  const { label, icon, shortcut, tone, disabled, hint, checked } = action;
  return (
    <button
      type="button"
      {...(checked === undefined ? { role: 'menuitem' } : { role: 'menuitemcheckbox', 'aria-checked': checked })}
      aria-disabled={disabled}
      tabIndex={-1}
      className={cx(
        'flex min-h-8 w-full items-center gap-2 rounded-md px-2 py-1 text-start outline-none [&_svg]:size-4 [&_svg]:shrink-0',
        'focus:bg-hover focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-focus',
        tone === 'danger' ? 'text-danger' : 'text-fg',
        disabled && 'text-faint',
      )}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
      onClick={onSelect}
    >
      {checked !== undefined && <Check aria-hidden="true" className={cx(!checked && 'invisible')} />}
      {icon}
      <span className="flex-1">
        {label}
        {hint && <span className="block text-muted text-xs">{hint}</span>}
      </span>
      {shortcut && <Kbd keys={shortcut} />}
    </button>
  );
}
