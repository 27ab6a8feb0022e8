import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { Outlet, ScrollRestoration, useLocation, useNavigate, useNavigation } from 'react-router';
import { SignInAgain } from '../features/account/routes.tsx';
import { type Action, listenForShortcuts, useActions } from '../lib/actions.ts';
import { ErrorPanel } from '../lib/error-panel.tsx';
import { applyTheme, railCollapsed, theme, themes } from '../lib/preferences.ts';
import { sessionQueries } from '../lib/session.ts';
import { useSessionPhase } from '../lib/session-watch.ts';
import { Toaster } from '../ui/toaster.tsx';
import { startTooltips } from '../ui/tooltip.ts';
import { usePermittedNavigation } from './navigation.ts';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));
const ShortcutsSheet = lazy(async () => ({ default: (await import('./shortcuts-sheet.tsx')).ShortcutsSheet }));
// It stands aside: where it cannot be loaded, the screen goes on without it.
const LongWork = lazy(() =>
  import('../lib/batches/long-work.tsx').then(
    (loaded) => ({ default: loaded.LongWork }),
    () => ({ default: () => null }),
  ),
);
const SignOut = lazy(async () => ({ default: (await import('./sign-out.tsx')).SignOut }));

type Overlay = 'palette' | 'shortcuts' | 'sign-out';

/** What stands around every screen. */
export function Shell() {
  const [open, setOpen] = useState<Overlay | null>(null);
  const phase = useSessionPhase();
  // Only what is still on view: the palette says that it has closed after it has opened what comes next.
  const close = (overlay: Overlay) => setOpen((current) => (current === overlay ? null : current));
  useShellActions(setOpen);
  useEffect(() => listenForShortcuts(window), []);
  useEffect(() => startTooltips(), []);
  // It draws into the page's body, which the server does not.
  const [isInBrowser, setIsInBrowser] = useState(false);
  useEffect(() => setIsInBrowser(true), []);

  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only z-30 rounded-md bg-raised px-3 py-2 shadow-pop focus:not-sr-only focus:fixed focus:start-2 focus:top-2"
      >
        Skip to the content
      </a>
      <TopBar
        onOpenPalette={() => setOpen('palette')}
        onOpenShortcuts={() => setOpen('shortcuts')}
        onSignOut={() => setOpen('sign-out')}
      >
        <Suspense>{isInBrowser && <LongWork />}</Suspense>
      </TopBar>
      <div className="flex min-w-0 flex-1">
        <Rail />
        <Main />
      </div>
      <Suspense>
        {open === 'palette' && <Palette onClose={() => close('palette')} />}
        {open === 'shortcuts' && <ShortcutsSheet onClose={() => close('shortcuts')} />}
        {open === 'sign-out' && <SignOut onClose={() => close('sign-out')} />}
        {phase === 'ended' && <SignInAgain />}
      </Suspense>
      {isInBrowser && <Toaster />}
      <ScrollRestoration />
    </div>
  );
}

/** The screen. The only part of the shell that is drawn anew when another one is opened. */
function Main() {
  const isNavigating = useNavigation().state !== 'idle';
  useFocusOnNavigation();
  return (
    <main id="main" tabIndex={-1} aria-busy={isNavigating} className="min-w-0 flex-1 outline-none">
      <Screen />
    </main>
  );
}

/** Nothing is shown before it is known for whom: what this device keeps of one person is not another one's to see. */
function Screen() {
  const session = useQuery(sessionQueries.current());
  if (session.data) return <Outlet />;
  if (!session.error || session.error.code === 'not_signed_in') return null;
  return (
    <div className="mx-auto max-w-prose px-4 py-16">
      <ErrorPanel error={session.error} onRetry={session.refetch} retrying={session.isFetching} />
    </div>
  );
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

/**
 * After a change of screen, the new screen's heading takes the focus, which also reads it out. In the frame that shows
 * it: earlier, the browser would have to lay out the screen for the focus while it still changes.
 */
function useFocusOnNavigation() {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    const frame = requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true }),
    );
    return () => cancelAnimationFrame(frame);
  }, [pathname]);
}
