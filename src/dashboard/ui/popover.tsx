import type { ReactNode } from 'react';
import { type TriggerProps, useAnchored } from './anchored.ts';
import { cx } from './class-names.ts';
import type { Placement } from './place.ts';

interface PopoverProps {
  /** Names the panel for screen readers. */
  label: string;
  /** Draws the button that opens it: `(props) => <Button {...props}>Filter</Button>`. */
  trigger: (props: TriggerProps) => ReactNode;
  children: ReactNode | ((panel: { close: () => void }) => ReactNode);
  side?: Placement['side'];
  align?: Placement['align'];
  className?: string;
}

/**
 * A small panel beside its trigger that does not block the page. The element with `data-autofocus` gets the focus,
 * else the panel itself; it goes back to the trigger on close.
 */
export function Popover({ label, trigger, children, side = 'bottom', align = 'start', className }: PopoverProps) {
  const { open, hide, triggerProps, panelProps } = useAnchored('dialog', { side, align }, (panel) => {
    (panel.querySelector<HTMLElement>('[data-autofocus]') ?? panel).focus();
  });
  return (
    <>
      {trigger(triggerProps)}
      {open && (
        <div
          {...panelProps}
          role="dialog"
          aria-label={label}
          tabIndex={-1}
          className={cx(panelClass, 'max-w-[calc(100vw-1rem)] overflow-auto', className)}
        >
          {typeof children === 'function' ? children({ close: hide }) : children}
        </div>
      )}
    </>
  );
}

/** The look of everything that floats. */
export const panelClass =
  'fixed animate-pop rounded-md bg-raised text-start font-normal text-base text-fg shadow-pop outline-none';
