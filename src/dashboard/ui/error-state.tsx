import CircleAlert from 'lucide-react/icons/circle-alert';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';

interface ErrorStateProps {
  /** What did not work: "Ticket types could not be loaded". */
  title: string;
  /** Why, and what to do next, in a person's words. */
  message: ReactNode;
  requestId?: string | undefined;
  onRetry?: (() => unknown) | undefined;
  retrying?: boolean;
  /** What Copy details puts on the clipboard. Without it: title, message if text, request id and time. */
  details?: string | undefined;
  children?: ReactNode;
}

/** Stands where a page or panel would be when it could not be loaded. */
export function ErrorState({ title, message, requestId, onRetry, retrying, details, children }: ErrorStateProps) {
  const facts = [title, typeof message === 'string' && message, requestId && `Request ${requestId}`];
  const copied = details ?? facts.filter(Boolean).join('\n');
  return (
    <div role="alert" className="flex flex-col items-center gap-1 px-4 py-12 text-center">
      <CircleAlert aria-hidden="true" className="mb-2 size-6 text-danger" />
      <h2 className="font-medium">{title}</h2>
      <div className="max-w-prose text-muted">{message}</div>
      {requestId && (
        <p className="text-faint text-sm">
          Request <code className="select-all font-mono">{requestId}</code>
        </p>
      )}
      <div className="mt-3 flex flex-wrap justify-center gap-2">
        {onRetry && (
          <Button variant="primary" pending={retrying} onClick={onRetry}>
            Retry
          </Button>
        )}
        <CopyButton text={copied} label="Copy details" />
        {children}
      </div>
    </div>
  );
}
