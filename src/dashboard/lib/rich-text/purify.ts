import createPurifier from 'dompurify';
import { bodyAttributes, bodyTags, bodyText, isImageAddress, isLinkAddress } from '#contract/body-html.ts';

const options = {
  ALLOWED_TAGS: [...bodyTags],
  ALLOWED_ATTR: [...bodyAttributes],
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
};

// An instance of its own: hooks stay on the one that they were given to.
const purifier = createPurifier(window);
purifier.addHook('uponSanitizeAttribute', (element, attribute) => {
  attribute.keepAttr = isFit(element.nodeName, attribute.attrName, attribute.attrValue);
});

function isFit(element: string, name: string, value: string): boolean {
  if (name === 'href') return element === 'A' && isLinkAddress(value);
  if (element !== 'IMG') return false;
  if (name === 'src') return isImageAddress(value);
  return name === 'alt' || /^[1-9]\d{0,3}$/.test(value);
}

interface CleanBody {
  /** Not part of any page yet, so that nothing in it has been loaded. */
  fragment: DocumentFragment;
  /** How many remote images it has, shown or not. */
  imageCount: number;
}

/** A body that may be put into the page. Without `showsImages` its images are told by their text and not loaded. */
export function cleanBody(html: string, showsImages: boolean): CleanBody {
  const template = document.createElement('template');
  template.innerHTML = purifier.sanitize(html, options);
  const fragment = template.content;
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
  for (const heading of fragment.querySelectorAll('h1, h2, h3, h4')) {
    // The page has its own h1 and h2.
    heading.ariaLevel = String(Number(heading.nodeName.slice(1)) + 2);
  }
  let imageCount = 0;
  for (const image of fragment.querySelectorAll('img')) {
    const address = image.getAttribute('src');
    if (address !== null) imageCount += 1;
    if (address !== null && showsImages) showImage(image, address);
    else image.replaceWith(imageInWords(image));
  }
  return { fragment, imageCount };
}

/** The text of a body, a line for each block. */
export function cleanText(html: string): string {
  return bodyText(purifier.sanitize(html, options));
}

function showImage(image: HTMLImageElement, address: string) {
  // Only https is let through by the page's policy; where a server has both, this is the same picture.
  image.setAttribute('src', address.replace(/^http:/i, 'https:'));
  image.alt = image.alt.trim();
  image.referrerPolicy = 'no-referrer';
}

function imageInWords({ alt, ownerDocument }: HTMLImageElement): HTMLElement {
  const words = ownerDocument.createElement('span');
  words.className = 'image-in-words';
  words.textContent = alt.trim() || 'Image';
  return words;
}
