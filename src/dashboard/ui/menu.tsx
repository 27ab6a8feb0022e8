import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { type TriggerProps, useAnchored } from './anchored.ts';
import type { MenuItem } from './menu-panel.tsx';
import type { Placement } from './place.ts';
import { rest } from './rest.ts';

interface MenuProps {
  /** Names the menu for screen readers: "Actions for Bug report". */
  label: string;
  /** Draws the button that opens it: `(props) => <IconButton {...props} label="Actions" icon={…} />`. */
  trigger: (props: TriggerProps & { onKeyDown: (event: KeyboardEvent) => void }) => ReactNode;
  items: readonly MenuItem[];
  /** Above the items, to be read only: whose menu it is. */
  header?: ReactNode;
  align?: Placement['align'];
  side?: Placement['side'];
}

const useMenuPanel = rest(() => import('./menu-panel.tsx'));

/** A menu of actions. Arrow keys, Home, End and the first letters move; Tab and Escape leave. */
export function Menu({ trigger, align = 'end', side = 'bottom', ...content }: MenuProps) {
  const focusAt = useRef<'first' | 'last'>('first');
  const { open, show, hide, triggerProps, anchored } = useAnchored('menu');
  const loaded = useMenuPanel(open);

  function handleTriggerKey(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    focusAt.current = event.key === 'ArrowDown' ? 'first' : 'last';
    if (!open) show();
  }

  return (
    <>
      {trigger({ ...triggerProps, onKeyDown: handleTriggerKey })}
      {open && loaded && (
        <loaded.MenuPanel
          {...content}
          anchored={anchored}
          placement={{ side, align }}
          focusAt={focusAt}
          onHide={hide}
        />
      )}
    </>
  );
}
