import { isImageAddress, isLinkAddress } from '#contract/body-html.ts';

const mail = /^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/;
const phone = /^\+?[\d\s().-]{5,}$/;
const host = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?$/;

/**
 * The address that a person means who types `example.com`, `jo@example.com`, a phone number or a whole address;
 * undefined when no link can go there.
 */
export function linkAddress(typed: string): string | undefined {
  const text = typed.trim();
  if (mail.test(text)) return `mailto:${text}`;
  if (phone.test(text)) return `tel:${text.replace(/[^\d+]/g, '')}`;
  const address = host.test(text) ? `https://${text}` : text;
  return isLinkAddress(address) && !/\s/.test(address) ? address : undefined;
}

/** The address of an image that a person typed; undefined when there can be none. */
export function imageAddress(typed: string): string | undefined {
  const text = typed.trim();
  const address = host.test(text) ? `https://${text}` : text;
  return isImageAddress(address) && !/\s/.test(address) ? address : undefined;
}
