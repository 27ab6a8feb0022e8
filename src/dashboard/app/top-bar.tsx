import { useQuery } from '@tanstack/react-query';
import Keyboard from 'lucide-react/icons/keyboard';
import Menu from 'lucide-react/icons/menu';
import Search from 'lucide-react/icons/search';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { paths } from '../lib/paths.ts';
import { askToSignIn, useSessionPhase } from '../lib/session-watch.ts';
import { workspaceQueries } from '../lib/workspace.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/class-names.ts';
import { Kbd } from '../ui/kbd.tsx';
import { tooltip } from '../ui/tooltip.ts';
import { AccountMenu } from './account-menu.tsx';
import { railId } from './rail.tsx';
import { ThemeButton } from './theme-button.tsx';

interface TopBarProps {
  onOpenPalette: () => void;
  onOpenShortcuts: () => void;
  onSignOut: () => void;
  /** Further buttons. */
  children: ReactNode;
}

/** Which workspace this is, and the ways to everything else. */
export function TopBar({ onOpenPalette, onOpenShortcuts, onSignOut, children }: TopBarProps) {
  const phase = useSessionPhase();
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-line border-b bg-canvas px-2 md:px-4">
      <IconButton label="Open the navigation" icon={<Menu />} className="md:hidden" popoverTarget={railId} />
      <Link to={paths.home.href()} className="font-semibold text-fg no-underline max-md:sr-only">
        Deskbell
      </Link>
      <span aria-hidden="true" className="h-4 border-line border-s max-md:hidden" />
      <Workspace />
      <button
        type="button"
        onClick={onOpenPalette}
        aria-keyshortcuts="Control+K Meta+K"
        className="ms-auto flex h-8 items-center gap-2 rounded-md border border-strong bg-surface px-2 text-muted hover:text-fg md:w-56"
      >
        <Search aria-hidden="true" className="size-4" />
        <span className="max-md:sr-only">Search or do…</span>
        <span className="ms-auto max-md:hidden">
          <Kbd keys="mod+k" />
        </span>
      </button>
      {children}
      <IconButton
        label="Keyboard shortcuts"
        shortcut="?"
        icon={<Keyboard />}
        onClick={onOpenShortcuts}
        className="max-md:hidden"
      />
      <ThemeButton />
      {phase === 'declined' ? (
        <Button variant="primary" onClick={() => askToSignIn(true)}>
          Sign in
        </Button>
      ) : (
        <AccountMenu onSignOut={onSignOut} />
      )}
    </header>
  );
}

function Workspace() {
  const me = useQuery(workspaceQueries.me());
  const about = useQuery(workspaceQueries.about());
  const app = me.data?.app;
  const isLive = about.data?.upstream === 'intercom';
  const region = about.data?.region?.toUpperCase();
  return (
    <p className="flex min-w-0 items-center gap-2" aria-live="off">
      <span className="truncate">{app?.name ?? (me.isError ? 'Workspace unknown' : ' ')}</span>
      {about.data && (
        <span
          {...tooltip(
            isLive
              ? `Changes go to Intercom (${region}) at once, and customers may see them.`
              : 'Deskbell’s own workspace. Nothing here reaches Intercom.',
          )}
          className={cx(
            'rounded-md px-1.5 py-0.5 font-semibold text-xs tracking-wide',
            isLive ? 'bg-danger-soft text-danger' : 'bg-success-soft text-success',
          )}
        >
          {isLive ? `LIVE${region ? ` ${region}` : ''}` : 'EMBEDDED'}
        </span>
      )}
    </p>
  );
}
