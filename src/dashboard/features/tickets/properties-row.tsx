import type { ReactNode } from 'react';
import { Kbd } from '../../ui/kbd.tsx';

/** A property that is read, not set. */
export function PropertyText({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <span className="text-muted text-sm">{label}</span>
      <span dir="auto" className="min-w-0 break-words">
        {children}
      </span>
    </div>
  );
}

/** The key that leads to a property, beside its label. */
export function PropertyKey({ keys }: { keys: string }) {
  return (
    <span aria-hidden="true" className="max-lg:hidden">
      <Kbd keys={keys} />
    </span>
  );
}
