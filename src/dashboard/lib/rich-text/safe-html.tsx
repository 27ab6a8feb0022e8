import { lazy, Suspense } from 'react';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';

const loadContent = () => import('./safe-html-content.tsx');
const FormattedContent = lazy(() => loadContent().then((module) => ({ default: module.FormattedContent })));
const PlainTextContent = lazy(() => loadContent().then((module) => ({ default: module.PlainTextContent })));

interface SafeHtmlProps {
  /** As it came, clean or not. */
  html: string;
  className?: string | undefined;
}

/**
 * Shows HTML that others wrote: only what a body may be made of, links in a new tab, and remote images not before
 * they are asked for.
 */
export function SafeHtml(props: SafeHtmlProps) {
  return (
    <Suspense fallback={<BodySkeleton />}>
      <FormattedContent {...props} />
    </Suspense>
  );
}

/** Shows the text of such HTML, a line for each block. */
export function PlainText(props: SafeHtmlProps) {
  return (
    <Suspense fallback={<BodySkeleton />}>
      <PlainTextContent {...props} />
    </Suspense>
  );
}

function BodySkeleton() {
  return (
    <Loading what="text">
      <Skeleton className="w-3/5" />
    </Loading>
  );
}
