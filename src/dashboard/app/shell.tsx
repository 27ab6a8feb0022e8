import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';
import { SignInAgain } from '../features/account/routes.tsx';
import { Failure } from '../lib/failure.tsx';
import { sessionQueries } from '../lib/session.ts';
import { useSessionPhase } from '../lib/session-watch.ts';
import { rest } from '../ui/rest.ts';
import type { Overlay } from './overlay.ts';
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

const useFrameTools = rest(() => import('./frame-tools.tsx'));

/** What stands around every screen. */
export function Shell() {
  const [open, setOpen] = useState<Overlay | null>(null);
  const phase = useSessionPhase();
  // Only what is still on view: the palette says that it has closed after it has opened what comes next.
  const close = (overlay: Overlay) => setOpen((current) => (current === overlay ? null : current));
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
      <Tools setOpen={setOpen} />
      <ScrollRestoration />
    </div>
  );
}

/** Apart, so that its coming draws nothing else anew. */
function Tools({ setOpen }: { setOpen: (what: Overlay) => void }) {
  const loaded = useFrameTools();
  return loaded && <loaded.FrameTools setOpen={setOpen} />;
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
      <Failure error={session.error} onRetry={session.refetch} retrying={session.isFetching} />
    </div>
  );
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
