import Paperclip from 'lucide-react/icons/paperclip';
import { isWebAddress } from '#contract/ticket-values.ts';

interface FileLinkProps {
  url: string;
  name: string;
  contentType?: string | null | undefined;
}

/** A file that is somewhere on the web. Only such addresses become links. */
export function FileLink({ url, name, contentType }: FileLinkProps) {
  const text = (
    <>
      <Paperclip aria-hidden="true" className="mt-0.5 size-3.5 shrink-0 text-muted" />
      <span dir="auto" className="min-w-0 break-words">
        {name}
      </span>
      {contentType && <span className="text-muted text-sm">{contentType}</span>}
    </>
  );
  if (!isWebAddress(url)) return <span className="inline-flex max-w-full flex-wrap gap-1.5">{text}</span>;
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      className="inline-flex max-w-full flex-wrap gap-1.5 text-accent hover:underline"
    >
      {text}
    </a>
  );
}
