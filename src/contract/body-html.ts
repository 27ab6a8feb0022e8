/** The elements that a body (of a reply, a note, a message, a news item) may be made of. */
export const bodyTags = [
  ...['p', 'h1', 'h2', 'h3', 'h4', 'pre', 'blockquote', 'ul', 'ol', 'li', 'hr'],
  ...['table', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
  ...['b', 'strong', 'i', 'em', 'u', 's', 'code', 'a', 'br', 'img'],
] as const;

/** The attributes that a body may hold: of `a` the first, of `img` the others. */
export const bodyAttributes = ['href', 'src', 'alt', 'width', 'height'] as const;

const linkStart = /^(?:https?:\/\/[^/\\?#\s]|mailto:[^/\\?#\s]|tel:[+\d(])/i;
const imageStart = /^https?:\/\/[^/\\?#\s]/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what may not be in an address
const unfit = /[\u0000-\u001f\u007f\u2028\u2029]/;

/** Whether `href` may stand in a link of a body: a whole http, https, mailto or tel address. */
export function isLinkAddress(href: string): boolean {
  return linkStart.test(href) && !unfit.test(href);
}

/** Whether `src` may stand in an image of a body: a whole http or https address. */
export function isImageAddress(src: string): boolean {
  return imageStart.test(src) && !unfit.test(src);
}

const token = /<(\/?)([a-z][a-z\d]*)((?:[^<>"]|"[^"]*")*)>|[^<]+/gi;
const lineTags = /^(?:p|h[1-4]|pre|blockquote|ul|ol|li|hr|table|tr)$/;
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };
const decode = (text: string) => text.replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => entities[name] ?? '');

/**
 * The text of a body whose HTML is already clean: a line for each block, list items marked, the cells of a row parted
 * by tabs, images by their alternative text. What is not clean has to go through a sanitiser first.
 */
export function bodyText(cleanHtml: string): string {
  const lines: string[] = [];
  const lists: { tag: string; count: number }[] = [];
  let line = '';
  let isPreformatted = false;
  let cells = 0;

  const endLine = () => {
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
  };
  const addText = (text: string) => {
    if (isPreformatted) {
      const [first = '', ...rest] = text.split('\n');
      line += first;
      for (const next of rest) {
        lines.push(line);
        line = next;
      }
      return;
    }
    const collapsed = text.replace(/[ \t\n\r\f]+/g, ' ');
    line += line === '' || /\s$/.test(line.slice(-1)) ? collapsed.trimStart() : collapsed;
  };
  const openTag = (tag: string, attributes: string) => {
    const list = lists.at(-1);
    if (tag === 'ul' || tag === 'ol') lists.push({ tag, count: 0 });
    if (tag === 'pre') isPreformatted = true;
    if (tag === 'td' || tag === 'th') cells += 1;
    if (tag === 'li' && cells === 0) line = list?.tag === 'ol' ? `${++list.count}. ` : '- ';
    if (tag === 'img') line += decode(/\salt="([^"]*)"/.exec(attributes)?.[1] ?? '');
    if (tag === 'br') {
      lines.push(line.trimEnd());
      line = '';
    }
  };
  const closeTag = (tag: string) => {
    if (tag === 'ul' || tag === 'ol') lists.pop();
    if (tag === 'pre') isPreformatted = false;
    if (tag !== 'td' && tag !== 'th') return;
    cells -= 1;
    if (cells === 0) line = `${line.replace(/ $/, '')}\t`;
  };

  for (const [text, slash, name, attributes = ''] of cleanHtml.matchAll(token)) {
    const tag = name?.toLowerCase();
    if (tag === undefined) {
      addText(decode(text));
      continue;
    }
    // A cell is part of a line; a paragraph that begins a list item goes on with the line which that has begun.
    const goesOn = slash === '' && tag === 'p' && /^(?:-|\d+\.) $/.test(line);
    if (lineTags.test(tag) && cells > 0) addText(' ');
    else if (lineTags.test(tag) && !goesOn) endLine();
    if (slash === '') openTag(tag, attributes);
    else closeTag(tag);
  }
  endLine();
  return lines.join('\n').trim();
}
