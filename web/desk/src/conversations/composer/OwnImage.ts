import { mergeAttributes, Node } from '@tiptap/react';

const OWN = /^\/api\/v1\/attachments\/\d+$/;

/** Of pasted markup, only pictures that this desk keeps are taken: all others would call out. */
function ownSource(element: HTMLElement): string | null {
  const url = new URL(element.getAttribute('src') ?? '', location.href);
  return url.origin === location.origin && OWN.test(url.pathname) ? url.pathname : null;
}

/** A picture among the words, which travels within the mail. */
export const OwnImage = Node.create({
  name: 'image',
  group: 'inline',
  inline: true,
  draggable: true,
  addAttributes: () => ({ src: { default: null }, alt: { default: '' } }),
  parseHTML: () => [
    {
      tag: 'img[src]',
      getAttrs: (element) => {
        const src = ownSource(element);
        return src ? { src, alt: element.getAttribute('alt') ?? '' } : false;
      },
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ['img', mergeAttributes(HTMLAttributes)],
});
