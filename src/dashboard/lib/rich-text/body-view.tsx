import { useState } from 'react';
import { cx } from '../../ui/class-names.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { PlainText, SafeHtml } from './safe-html.tsx';

type View = 'formatted' | 'text' | 'html';

const views = [
  { value: 'formatted', label: 'Formatted' },
  { value: 'text', label: 'Plain text' },
  { value: 'html', label: 'HTML' },
] as const;

interface BodyViewProps {
  /** As it came, clean or not. */
  html: string;
  /** Names the choice of view, where a page has several: "View of the reply". */
  label?: string;
  className?: string;
}

/** One body in three views: formatted, its plain text, and the HTML itself. */
export function BodyView({ html, label = 'View', className }: BodyViewProps) {
  const [view, setView] = useState<View>('formatted');
  return (
    <div className={cx('flex min-w-0 flex-col gap-2', className)}>
      <Segmented label={label} options={views} value={view} onChange={setView} />
      {view === 'formatted' && <SafeHtml html={html} />}
      {view === 'text' && <PlainText html={html} />}
      {view === 'html' && (
        <pre dir="ltr" className="whitespace-pre-wrap break-words font-mono text-sm">
          {html}
        </pre>
      )}
    </div>
  );
}
