import CircleAlert from 'lucide-react/icons/circle-alert';
import CircleCheck from 'lucide-react/icons/circle-check';
import Info from 'lucide-react/icons/info';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

type AlertTone = 'info' | 'success' | 'warning' | 'danger';

const looks = {
  info: { Icon: Info, box: 'bg-selected', mark: 'text-accent' },
  success: { Icon: CircleCheck, box: 'bg-success-soft', mark: 'text-success' },
  warning: { Icon: TriangleAlert, box: 'bg-warning-soft', mark: 'text-warning' },
  danger: { Icon: CircleAlert, box: 'bg-danger-soft', mark: 'text-danger' },
};

interface AlertProps {
  tone?: AlertTone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** Announce it when it appears: at once for `alert`, when the reader is free for `status`. */
  live?: 'status' | 'alert';
  className?: string;
}

/** A message that stays in the page: why a form was not saved, that the connection is gone, what a change will touch. */
export function Alert({ tone = 'info', title, children, actions, live, className }: AlertProps) {
  const { Icon, box, mark } = looks[tone];
  return (
    <div role={live} className={cx('flex flex-wrap items-start gap-x-3 gap-y-2 rounded-md px-3 py-2', box, className)}>
      <Icon aria-hidden="true" className={cx('mt-0.5 size-4 shrink-0', mark)} />
      <div className="min-w-40 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={cx(title && 'text-muted')}>{children}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
