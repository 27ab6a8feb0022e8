import type { ReactNode } from 'react';
import { type Anchored, type TriggerProps, useAnchored } from './anchored.ts';
import { cx } from './class-names.ts';
import { panelClass, usePanel } from './panel.ts';
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
export function Popover({ trigger, children, ...rest }: PopoverProps) {
  const { open, hide, triggerProps, anchored } = useAnchored('dialog');
  return (
    <>
      {trigger(triggerProps)}
      {open && (
        <Panel {...rest} anchored={anchored}>
          {typeof children === 'function' ? children({ close: hide }) : children}
        </Panel>
      )}
    </>
  );
}

interface PanelProps extends Omit<PopoverProps, 'trigger' | 'children'> {
  anchored: Anchored;
  children: ReactNode;
}

function Panel({ anchored, label, children, side = 'bottom', align = 'start', className }: PanelProps) {
  const panelProps = usePanel(anchored, { side, align }, (panel) => {
    (panel.querySelector<HTMLElement>('[data-autofocus]') ?? panel).focus();
  });
  return (
    <div
      {...panelProps}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      className={cx(panelClass, 'max-w-[calc(100vw-1rem)] overflow-auto', className)}
    >
      {children}
    </div>
  );
}
