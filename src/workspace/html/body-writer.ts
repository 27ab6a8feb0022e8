import { bodyTags, isImageAddress, isLinkAddress } from '#contract/body-html.ts';

const allowed = new Set<string>(bodyTags);
const renamed: Record<string, string> = { del: 's', strike: 's', ins: 'u', h5: 'h4', h6: 'h4' };
const inlines = new Set(['b', 'strong', 'i', 'em', 'u', 's', 'code', 'a']);
const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'pre']);

/** Elements that hold only certain others, and what is put around anything else that is found in them. */
const strict: Record<string, { holds: readonly string[]; implied: string }> = {
  ul: { holds: ['li'], implied: 'li' },
  ol: { holds: ['li'], implied: 'li' },
  table: { holds: ['thead', 'tbody', 'tfoot'], implied: 'tbody' },
  thead: { holds: ['tr'], implied: 'tr' },
  tbody: { holds: ['tr'], implied: 'tr' },
  tfoot: { holds: ['tr'], implied: 'tr' },
  tr: { holds: ['td', 'th'], implied: 'td' },
};
const parts = new Set(Object.values(strict).flatMap(({ holds }) => holds));

/** Gone with all that is in them; of any other unknown element the content stays. */
const dropped = new Set([
  ...['script', 'style', 'title', 'template', 'noscript', 'iframe', 'noembed', 'noframes', 'xmp', 'plaintext'],
  ...['svg', 'math', 'object', 'applet', 'audio', 'video', 'canvas', 'textarea', 'select', 'datalist'],
]);

/** Unknown elements that begin and end a line of their own. */
const dividing = new Set([
  ...[
    'address',
    'article',
    'aside',
    'caption',
    'center',
    'dd',
    'details',
    'dialog',
    'dir',
    'div',
    'dl',
    'dt',
    'fieldset',
  ],
  ...[
    'figcaption',
    'figure',
    'footer',
    'form',
    'header',
    'hgroup',
    'legend',
    'main',
    'menu',
    'nav',
    'section',
    'summary',
  ],
]);

const maximumDepth = 40;
// PostgreSQL keeps no zero; a lone carriage return would be read back as a line end.
const unkept = /[\r\0]/g;
const blank = /^[ \t\n\f]*$/;

type Attributes = Record<string, string | undefined>;

interface OpenElement {
  readonly tag: string;
  readonly depth: number;
  /** Not in the source, but needed around what is. */
  readonly isImplied: boolean;
}

/**
 * Writes a body from the tags and texts of a parser. Safe by its making: each tag is one of the contract's, each
 * attribute was looked at, all else is escaped. And sound: nested as browsers nest it, so that they read what was written.
 */
export class BodyWriter {
  readonly #out: string[] = [];
  readonly #open: OpenElement[] = [];
  /** What each element of the source became: an open one, a line of its own, or nothing. */
  readonly #source: (OpenElement | 'line' | 'dropped' | undefined)[] = [];
  #text = '';
  #droppedDepth = 0;
  /** Whether text or its like was the last thing written in the innermost block. */
  #isInLine = false;
  /** Whether the next text belongs to a line of its own. */
  #needsLine = false;

  open(name: string, attributes: Attributes): void {
    if (this.#droppedDepth > 0 || dropped.has(name)) {
      this.#droppedDepth += 1;
      this.#source.push('dropped');
      return;
    }
    const tag = renamed[name] ?? name;
    if (allowed.has(tag) || dividing.has(tag)) {
      this.#flush();
      this.#source.push(this.#openTag(tag, attributes));
    } else this.#source.push(undefined);
  }

  text(text: string): void {
    if (this.#droppedDepth === 0) this.#text += text;
  }

  close(): void {
    const element = this.#source.pop();
    if (element === 'dropped') this.#droppedDepth -= 1;
    if (element === undefined || element === 'dropped') return;
    this.#flush();
    if (element === 'line') this.#startLine();
    else if (this.#open[element.depth] === element) this.#closeTo(element.depth);
  }

  end(): string {
    this.#flush();
    this.#closeTo(0);
    return this.#out.join('');
  }

  #openTag(tag: string, attributes: Attributes): OpenElement | 'line' | undefined {
    if (tag === 'br' || tag === 'img') this.#writeVoid(tag, attributes);
    else if (inlines.has(tag)) return this.#openInline(tag, attributes);
    else return this.#openBlock(tag);
    return undefined;
  }

  #writeVoid(tag: 'br' | 'img', attributes: Attributes): void {
    const written = tag === 'br' ? '' : imageAttributes(attributes);
    if (written === undefined) return;
    this.#makeRoom();
    this.#out.push(`<${tag}${written}>`);
    this.#isInLine = true;
  }

  #openInline(tag: string, { href = '' }: Attributes): OpenElement | undefined {
    const address = href.trim();
    if (this.#open.some((element) => element.tag === tag)) return undefined;
    if (tag === 'a' && !isLinkAddress(address)) return undefined;
    this.#makeRoom();
    return this.#push(tag, tag === 'a' ? ` href="${escaped(address)}" rel="noopener noreferrer"` : '');
  }

  #openBlock(tag: string): OpenElement | 'line' | undefined {
    this.#closeLine();
    if (parts.has(tag)) this.#closeImplied(tag);
    const isTooDeep = !parts.has(tag) && !paragraphs.has(tag) && this.#open.length >= maximumDepth;
    const isOnlyLine = dividing.has(tag) || isTooDeep;
    if (!isOnlyLine) this.#fit(tag);
    if (isOnlyLine || (parts.has(tag) && !isHeld(tag, this.#open.at(-1)))) {
      this.#startLine();
      return 'line';
    }
    if (tag !== 'hr') return this.#push(tag);
    this.#part();
    this.#out.push('<hr>');
    this.#isInLine = false;
    return undefined;
  }

  get #top(): string {
    return this.#open.at(-1)?.tag ?? '';
  }

  #push(tag: string, attributes = '', isImplied = false): OpenElement {
    if (!inlines.has(tag)) this.#part();
    const element = { tag, depth: this.#open.length, isImplied };
    this.#open.push(element);
    this.#out.push(`<${tag}${attributes}>`);
    this.#isInLine = inlines.has(tag);
    this.#needsLine = false;
    return element;
  }

  /** Blocks stand on lines of their own. */
  #part(): void {
    if (this.#open.length === 0 && this.#out.length > 0) this.#out.push('\n');
  }

  #closeTo(depth: number): void {
    while (this.#open.length > depth) {
      const element = this.#open.pop();
      if (element === undefined) return;
      if (element.tag === 'p' && element.isImplied) this.#trimEnd();
      this.#out.push(`</${element.tag}>`);
      const wasInline = inlines.has(element.tag);
      this.#isInLine = wasInline;
      if (!wasInline) this.#needsLine = false;
    }
  }

  #trimEnd(): void {
    const last = this.#out.at(-1);
    if (last !== undefined && !last.startsWith('<')) this.#out.splice(-1, 1, trimEnd(last));
  }

  /** Ends the paragraph, and with it the bold, the link and so on that are open in it. */
  #closeLine(): void {
    let depth = this.#open.length;
    while (depth > 0 && isOfLine(this.#open[depth - 1]?.tag ?? '')) depth -= 1;
    this.#closeTo(depth);
  }

  #startLine(): void {
    this.#closeLine();
    this.#needsLine = true;
    this.#isInLine = false;
  }

  /** What was only implied around something else gives way to a part that fits further out. */
  #closeImplied(tag: string): void {
    let depth = this.#open.length;
    while (this.#open[depth - 1]?.isImplied && !isHeld(tag, this.#open[depth - 1])) depth -= 1;
    if (isHeld(tag, this.#open[depth - 1])) this.#closeTo(depth);
  }

  /** Opens what must stand between the innermost element and `tag`. */
  #fit(tag: string): void {
    for (let rule = strict[this.#top]; rule && !rule.holds.includes(tag); rule = strict[this.#top]) {
      this.#push(rule.implied, '', true);
    }
  }

  /** Makes the innermost element one that text may stand in. */
  #makeRoom(): void {
    const needsLine = this.#needsLine;
    this.#fit('');
    if (isOfLine(this.#top)) return;
    if (this.#open.length === 0 || needsLine) this.#push('p', '', true);
  }

  #flush(): void {
    if (this.#text === '') return;
    const text = this.#text.replace(unkept, '');
    this.#text = '';
    if (text === '') return;
    const isFirst = !isOfLine(this.#top) && !this.#isInLine;
    if (isFirst && blank.test(text)) return;
    this.#makeRoom();
    const isStart = isFirst && this.#open.at(-1)?.tag === 'p';
    this.#out.push(escaped(isStart ? text.replace(/^[ \t\n\f]+/, '') : text));
    this.#isInLine = true;
  }
}

const isOfLine = (tag: string) => inlines.has(tag) || paragraphs.has(tag);

const isHeld = (tag: string, by: OpenElement | undefined) => strict[by?.tag ?? '']?.holds.includes(tag) === true;

function imageAttributes({ src, alt, width, height }: Attributes): string | undefined {
  const address = src?.trim() ?? '';
  if (!isImageAddress(address)) return undefined;
  const sizes = Object.entries({ width, height }).filter(([, size]) => /^[1-9]\d{0,3}$/.test(size ?? ''));
  const given = [['src', address], ['alt', alt], ...sizes];
  return given.map(([name, value = '']) => ` ${name}="${escaped(value)}"`).join('');
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && blank.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(unkept, '').replace(/[&<>"]/g, (character) => escapes[character] ?? '');
}
