import { Link } from 'react-router';
import { paths } from '../lib/paths.ts';
import { buttonClass } from '../ui/button.tsx';

/** The page for an address that leads nowhere. */
export function NotFound({ text = 'The address may be mistyped, or what was here is gone.' }: { text?: string }) {
  return (
    <div className="mx-auto flex max-w-prose flex-col items-start gap-3 px-4 py-16">
      <title>Not found · Deskbell</title>
      <p className="text-muted text-sm tabular-nums">404</p>
      <h1 tabIndex={-1} className="font-semibold text-xl outline-none">
        There is nothing here
      </h1>
      <p className="text-muted">{text}</p>
      <Link to={paths.home.href()} className={buttonClass()}>
        Go to the start page
      </Link>
    </div>
  );
}
