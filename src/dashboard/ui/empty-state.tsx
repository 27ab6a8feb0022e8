import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon?: ReactNode;
  /** Why there is nothing: "No ticket types yet" is another thing than "No ticket type matches". */
  title: string;
  children?: ReactNode;
  /** The one next step. */
  action?: ReactNode;
}

/** Stands where a list would be when there is nothing to list. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-1 px-4 py-12 text-center">
      {icon && (
        <span aria-hidden="true" className="mb-2 text-faint [&_svg]:size-6">
          {icon}
        </span>
      )}
      <h2 className="font-medium">{title}</h2>
      {children && <div className="max-w-prose text-muted">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
