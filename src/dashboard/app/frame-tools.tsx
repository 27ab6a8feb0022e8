import { useEffect, useMemo } from 'react';
import { useNavigate } from 'react-router';
import { type Action, useActions } from '../lib/actions.ts';
import { applyTheme, railCollapsed, theme, themes } from '../lib/preferences.ts';
import { listenForShortcuts } from '../lib/shortcuts.ts';
import { Toaster } from '../ui/toaster.tsx';
import { startTooltips } from '../ui/tooltip-bubble.ts';
import { usePermittedNavigation } from './navigation.ts';
import type { Overlay } from './overlay.ts';

/** What the frame does beside showing itself: its actions and all shortcuts, tooltips and notifications. */
export function FrameTools({ setOpen }: { setOpen: (what: Overlay) => void }) {
  useShellActions(setOpen);
  useEffect(() => listenForShortcuts(window), []);
  useEffect(() => startTooltips(), []);
  return <Toaster />;
}

function useShellActions(setOpen: (what: Overlay) => void) {
  const navigate = useNavigate();
  const navigation = usePermittedNavigation();
  const actions = useMemo<Action[]>(() => {
    const go = navigation.flatMap(({ entries }) =>
      entries.map(({ label, href, shortcut }) => ({
        id: `go:${href}`,
        label: `Go to ${label.toLowerCase()}`,
        group: 'Go to',
        shortcut,
        run: () => void navigate(href),
      })),
    );
    return [
      ...go,
      {
        id: 'palette',
        label: 'Open the command palette',
        group: 'Everywhere',
        shortcut: 'mod+k',
        keysOnly: true,
        run: () => setOpen('palette'),
      },
      {
        id: 'shortcuts',
        label: 'Show keyboard shortcuts',
        group: 'Everywhere',
        shortcut: '?',
        keywords: 'keys help',
        run: () => setOpen('shortcuts'),
      },
      ...themes.map((name) => ({
        id: `theme:${name}`,
        label: name === 'system' ? 'Use the system’s theme' : `Use the ${name} theme`,
        group: 'Everywhere',
        keywords: 'appearance colours mode',
        run: () => {
          theme.set(name);
          applyTheme();
        },
      })),
      {
        id: 'sign-out',
        label: 'Sign out',
        group: 'Everywhere',
        keywords: 'log out leave session',
        run: () => setOpen('sign-out'),
      },
      {
        id: 'rail',
        label: 'Collapse or expand the navigation',
        group: 'Everywhere',
        shortcut: '[',
        run: () => railCollapsed.set(!railCollapsed.get()),
      },
    ];
  }, [navigate, navigation, setOpen]);
  useActions(actions);
}
