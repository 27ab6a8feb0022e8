import { Parser } from 'htmlparser2';
import { bodyText } from '#contract/body-html.ts';
import { BodyWriter } from './body-writer.ts';

// More than letters and mails have. The parser's time would grow with the square of the depth.
const maximumDepth = 128;

/**
 * The HTML of a body as it is kept and given out, whatever came in: blocks joined by line breaks, made only of what the
 * contract lets a body be made of. Plain text becomes paragraphs. Time and size grow with the length of `html`, which
 * the caller bounds.
 */
export function sanitizeBody(html: string): string {
  const writer = new BodyWriter();
  const text = html.replace(/\r\n?/g, '\n');
  let rest = isPlain(text) ? asParagraphs(text) : text;
  while (rest !== '') rest = rest.slice(parseInto(writer, rest));
  return writer.end();
}

/** Writes `html` up to where it is too deep, closes all that is open there, and returns how much of it was read. */
function parseInto(writer: BodyWriter, html: string): number {
  let depth = 0;
  let isTooDeep = false;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      writer.open(name, attributes);
      depth += 1;
      isTooDeep = depth === maximumDepth;
      if (isTooDeep) parser.pause();
    },
    ontext: (text) => writer.text(text),
    onclosetag: () => {
      writer.close();
      depth -= 1;
    },
  });
  parser.write(html);
  if (!isTooDeep) {
    parser.end();
    return html.length;
  }
  for (; depth > 0; depth -= 1) writer.close();
  return parser.endIndex + 1;
}

/** The text of a body, a line for each block: for plain-text views, search and CSV. */
export function plainText(html: string): string {
  return bodyText(sanitizeBody(html));
}

const isPlain = (text: string) => !/<[a-z/!?]/i.test(text);

/** Blank lines part paragraphs; other line breaks are kept. */
function asParagraphs(text: string): string {
  const paragraphs = text.trim().split(/\n[ \t]*\n\s*/);
  return paragraphs.map((lines) => (lines === '' ? '' : `<p>${lines.replaceAll('\n', '<br>')}</p>`)).join('');
}
