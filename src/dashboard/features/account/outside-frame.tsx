import type { ReactNode } from 'react';
import { cx } from '../../ui/class-names.ts';

interface OutsideFrameProps {
  /** The page's title in the tab and its heading. */
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  /** Beside the page on wide screens, below it on narrow ones. */
  aside?: ReactNode;
}

/** What stands around a page for who is not signed in. */
export function OutsideFrame({ title, lead, children, aside }: OutsideFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <title>{`${title} · Deskbell`}</title>
      <header className="flex h-14 items-center gap-2 px-4 font-semibold md:px-6">
        <img src="/icon.svg" alt="" width={20} height={20} />
        Deskbell
      </header>
      <main
        id="main"
        className={cx(
          'mx-auto grid w-full gap-x-16 gap-y-10 px-4 pt-8 pb-16 md:px-6 md:pt-[14vh]',
          aside ? 'max-w-4xl md:grid-cols-2' : 'max-w-md',
        )}
      >
        <div className="flex min-w-0 flex-col gap-6">
          <div className="flex flex-col gap-1">
            <h1 tabIndex={-1} className="font-semibold text-xl outline-none">
              {title}
            </h1>
            {lead && <p className="text-muted">{lead}</p>}
          </div>
          {children}
        </div>
        {aside && <div className="min-w-0">{aside}</div>}
      </main>
    </div>
  );
}
