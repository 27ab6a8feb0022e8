import { Link } from 'react-router';
import { buttonClass } from '../ui/button.tsx';
import { paths } from './paths.ts';

interface RoleNeededProps {
  /** Which role is needed, as a sentence. */
  message: string;
  requestId?: string | undefined;
}

/** Stands where a screen would be for whom it is not: which role it needs, and whom to ask. */
export function RoleNeeded({ message, requestId }: RoleNeededProps) {
  return (
    <div className="mx-auto flex max-w-prose flex-col items-start gap-3 px-4 py-16">
      <title>Not allowed · Deskbell</title>
      <p className="text-muted text-sm tabular-nums">403</p>
      <h1 tabIndex={-1} className="font-semibold text-xl outline-none">
        Your role does not allow this
      </h1>
      <p className="text-muted">{message} Ask an owner of this Deskbell for the role.</p>
      {requestId && <p className="text-muted text-sm">Request {requestId}</p>}
      <Link to={paths.home.href()} className={buttonClass()}>
        Go to the start page
      </Link>
    </div>
  );
}
