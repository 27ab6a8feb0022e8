import { useMemo } from 'react';
import { renderSVG } from 'uqr';

/** `text` as a QR code. Always dark on light, which every camera reads. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const source = useMemo(() => `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { border: 2 }))}`, [text]);
  return <img src={source} alt={label} width={176} height={176} className="rounded-md border border-line" />;
}
