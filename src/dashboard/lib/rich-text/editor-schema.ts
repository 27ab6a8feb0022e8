import { type Editor, Node } from '@tiptap/core';
import { Placeholder } from '@tiptap/extensions/placeholder';
import { DOMSerializer, type Schema } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import StarterKit from '@tiptap/starter-kit';
import { isImageAddress, isLinkAddress } from '#contract/body-html.ts';

const imageAttributes = ['src', 'alt', 'width', 'height'];

/** An image within a line. In the editor it is told by its words, so that the writer's browser loads nothing either. */
const BodyImage = Node.create({
  name: 'image',
  group: 'inline',
  inline: true,
  draggable: true,
  addAttributes: () => Object.fromEntries(imageAttributes.map((name) => [name, { default: null }])),
  parseHTML: () => [
    { tag: 'img[src]', getAttrs: (image) => (isImageAddress(image.getAttribute('src') ?? '') ? null : false) },
  ],
  renderHTML: ({ node: { attrs } }) => [
    'span',
    { class: 'image-in-words', title: attrs.src },
    `Image: ${attrs.alt || attrs.src}`,
  ],
  addProseMirrorPlugins() {
    return [new Plugin({ props: { clipboardSerializer: bodySerializer(this.editor.schema) } })];
  },
});

/** Writes what leaves the editor, where an image is an image again. */
function bodySerializer(schema: Schema): DOMSerializer {
  const nodes = DOMSerializer.nodesFromSchema(schema);
  nodes.image = ({ attrs }) => ['img', attrs];
  return new DOMSerializer(nodes, DOMSerializer.marksFromSchema(schema));
}

/** What the editor can hold: what a body may be made of, but tables. */
export function bodyExtensions(placeholder: string) {
  return [
    StarterKit.configure({
      heading: { levels: [1, 2, 3, 4] },
      trailingNode: false,
      link: {
        openOnClick: false,
        defaultProtocol: 'https',
        isAllowedUri: isLinkAddress,
        HTMLAttributes: { rel: 'noopener noreferrer', target: null, class: null },
      },
    }),
    BodyImage,
    Placeholder.configure({ placeholder }),
  ];
}

/** The HTML of what is in the editor; nothing at all when that is empty. */
export function htmlOf({ state, schema, isEmpty }: Editor): string {
  if (isEmpty) return '';
  // Elements of the page itself would load the images that they name.
  const apart = document.implementation.createHTMLDocument();
  apart.body.append(bodySerializer(schema).serializeFragment(state.doc.content, { document: apart }));
  return apart.body.innerHTML;
}
