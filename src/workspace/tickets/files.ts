import type { StoredFile } from './tables.ts';

const contentTypes: Record<string, string> = {
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  webp: 'image/webp',
};

function nameIn({ pathname, hostname }: URL): string {
  const [last = ''] = pathname.split('/').slice(-1);
  try {
    return decodeURIComponent(last).replaceAll('\u0000', '') || hostname;
  } catch {
    return last;
  }
}

/** The file at a web address; what is not given of it is guessed from the address. */
export function fileAt(given: string | Partial<StoredFile>): StoredFile {
  const { url: address = '', name, content_type } = typeof given === 'string' ? { url: given } : given;
  const url = new URL(address);
  const named = name || nameIn(url);
  const [, extension = ''] = /\.([a-z]+)$/i.exec(named) ?? [];
  return {
    name: named,
    url: url.href,
    content_type: content_type || (contentTypes[extension.toLowerCase()] ?? 'application/octet-stream'),
  };
}
