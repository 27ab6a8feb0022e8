import { Link } from 'react-router';
import type { ApiError } from '../lib/api-error.ts';
import { explainError } from '../lib/explain-error.ts';
import { paths } from '../lib/paths.ts';
import { RoleNeeded } from '../lib/role-needed.tsx';
import { buttonClass } from '../ui/button.tsx';

/** The page for what the person's role does not allow, or the workspace does not let Deskbell see. */
export function Forbidden({ error }: { error: ApiError }) {
  if (error.code === 'role_required') return <RoleNeeded message={error.message} requestId={error.requestId} />;
  const { title, text } = explainError(error);
  return (
    <div className="mx-auto flex max-w-prose flex-col items-start gap-3 px-4 py-16">
      <title>Not allowed · Deskbell</title>
      <p className="text-muted text-sm tabular-nums">403</p>
      <h1 tabIndex={-1} className="font-semibold text-xl outline-none">
        {title}
      </h1>
      <p className="text-muted">{text}</p>
      {error.requestId && <p className="text-muted text-sm">Request {error.requestId}</p>}
      <Link to={paths.home.href()} className={buttonClass()}>
        Go to the start page
      </Link>
    </div>
  );
}
