import { mergeAttributes, Node } from '@tiptap/react';

/** A colleague named in a note. Only notes have it: elsewhere `@` is a character like any other. */
export const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,
  addAttributes: () => ({
    id: {
      default: null,
      parseHTML: (element) => Number(element.getAttribute('data-mention')) || null,
      renderHTML: ({ id }) => ({ 'data-mention': String(id) }),
    },
    name: {
      default: '',
      parseHTML: (element) => (element.textContent ?? '').replace(/^@/, ''),
      renderHTML: () => ({}),
    },
  }),
  parseHTML: () => [{ tag: 'span[data-mention]' }],
  renderHTML: ({ node, HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes), `@${node.attrs.name}`],
  renderText: ({ node }) => `@${node.attrs.name}`,
});
