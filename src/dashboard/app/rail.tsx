import PanelLeftClose from 'lucide-react/icons/panel-left-close';
import PanelLeftOpen from 'lucide-react/icons/panel-left-open';
import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';
import { applyRail, railCollapsed } from '../lib/preferences.ts';
import { useStored } from '../lib/stored.ts';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/class-names.ts';
import { Kbd } from '../ui/kbd.tsx';
import { tooltip } from '../ui/tooltip.ts';
import { usePermittedNavigation } from './navigation.ts';

/** The id by which the top bar's button opens the rail on a narrow screen, where it is a popover. */
export const railId = 'rail';

/** The navigation: a column on wide screens, a drawer on narrow ones. */
export function Rail() {
  const collapsed = useStored(railCollapsed) === true;
  const { pathname } = useLocation();
  const drawer = useRef<HTMLElement>(null);
  const navigation = usePermittedNavigation();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab may have changed it
  useEffect(applyRail, [collapsed]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of screen closes the drawer
  useEffect(() => {
    if (drawer.current?.matches(':popover-open')) drawer.current.hidePopover();
  }, [pathname]);

  return (
    <nav
      ref={drawer}
      id={railId}
      popover="auto"
      aria-label="Main"
      className={cx(
        'flex-col gap-4 border-line border-e bg-canvas p-2 text-fg [&:popover-open]:flex',
        'max-md:inset-y-0 max-md:start-0 max-md:h-dvh max-md:w-64 max-md:shadow-pop max-md:backdrop:bg-backdrop',
        'md:sticky md:top-12 md:flex md:h-[calc(100dvh-3rem)] md:w-56 md:shrink-0 md:rail-collapsed:w-12',
      )}
    >
      {navigation.map(({ label, entries }) => (
        <div key={label}>
          <h2 className="px-2 py-1 font-medium text-faint text-xs md:rail-collapsed:sr-only">{label}</h2>
          <ul className="flex flex-col gap-px">
            {entries.map(({ label: name, href, icon: Icon, shortcut }) => (
              <li key={href}>
                <NavLink
                  to={href}
                  {...(collapsed && tooltip(name, shortcut))}
                  className={({ isActive }) =>
                    cx(
                      'group flex h-8 items-center gap-2 rounded-md px-2 no-underline',
                      isActive ? 'bg-selected font-medium text-fg' : 'text-muted hover:bg-hover hover:text-fg',
                    )
                  }
                >
                  <Icon aria-hidden="true" className="size-4 shrink-0" />
                  <span className="min-w-0 flex-1 truncate md:rail-collapsed:sr-only">{name}</span>
                  <span
                    aria-hidden="true"
                    className="hidden md:group-hover:block md:group-focus-visible:block md:rail-collapsed:hidden!"
                  >
                    <Kbd keys={shortcut} />
                  </span>
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div className="mt-auto max-md:hidden">
        <IconButton
          label={collapsed ? 'Expand the navigation' : 'Collapse the navigation'}
          shortcut="["
          icon={
            collapsed ? <PanelLeftOpen className="rtl:-scale-x-100" /> : <PanelLeftClose className="rtl:-scale-x-100" />
          }
          onClick={() => railCollapsed.set(!collapsed)}
        />
      </div>
    </nav>
  );
}
