import { createHash } from 'node:crypto';
import { secureHeaders } from 'hono/secure-headers';
import { isLoopbackHost } from './guard.ts';

/** The sources that let exactly the inline `tag`s of a page through. */
function inlineSources(html: string, tag: 'script' | 'style'): string[] {
  const inline = new RegExp(`<${tag}(?![^>]*\\ssrc=)[^>]*>([\\s\\S]*?)</${tag}>`, 'g');
  return [...html.matchAll(inline)].map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
}

/**
 * The headers of every answer. `page` is the built index.html, whose inline style and script are let through; an https
 * `publicUrl` is promised to stay one.
 */
export function securityHeaders(page: string, publicUrl?: string) {
  const isHttps = publicUrl?.startsWith('https:') === true;
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", ...inlineSources(page, 'script')],
      styleSrc: ["'self'", ...inlineSources(page, 'style')],
      // Images in what others wrote; they are in the page only once a person has asked for them.
      imgSrc: ["'self'", 'data:', 'https:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [], usb: [], browsingTopics: [] },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    // A promise for the name's every port, and for a year: localhost is other programs' name too.
    strictTransportSecurity: isHttps && !isLoopbackHost(new URL(publicUrl).host) ? 'max-age=31536000' : false,
    xDownloadOptions: false,
    xXssProtection: false,
  });
}
