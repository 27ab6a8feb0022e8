import ImageIcon from 'lucide-react/icons/image';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { cleanBody, cleanText } from './purify.ts';
import './rich-text.css';

interface ContentProps {
  html: string;
  className?: string | undefined;
}

export function FormattedContent({ html, className }: ContentProps) {
  // The body whose images were asked for: another body has to be asked for anew.
  const [loaded, setLoaded] = useState<string>();
  const body = useRef<HTMLDivElement>(null);
  const { fragment, imageCount } = useMemo(() => cleanBody(html, loaded === html), [html, loaded]);
  useLayoutEffect(() => body.current?.replaceChildren(fragment.cloneNode(true)), [fragment]);

  return (
    <div className={cx('flex min-w-0 flex-col gap-2', className)}>
      {imageCount > 0 && loaded !== html && (
        <Button
          size="sm"
          className="self-start"
          icon={<ImageIcon aria-hidden="true" />}
          onClick={() => {
            setLoaded(html);
            body.current?.focus();
          }}
        >
          Load images ({imageCount})
        </Button>
      )}
      <div ref={body} dir="auto" tabIndex={-1} className="rich-text min-w-0 overflow-x-auto outline-none" />
    </div>
  );
}

export function PlainTextContent({ html, className }: ContentProps) {
  const text = useMemo(() => cleanText(html), [html]);
  return (
    <div dir="auto" className={cx('whitespace-pre-wrap', className)}>
      {text}
    </div>
  );
}
