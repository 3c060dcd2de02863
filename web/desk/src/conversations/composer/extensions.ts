import { Placeholder } from '@tiptap/extensions';
import { type AnyExtension, Extension, InputRule } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { Mention } from './Mention';
import { OwnImage } from './OwnImage';
import { wholeAddress } from './pasted';
import { Typeahead, type Typed } from './typeahead';

/** [words](address) becomes a link, as people type it elsewhere. */
const TypedLink = Extension.create({
  name: 'typedLink',
  addInputRules: () => [
    new InputRule({
      find: /\[([^\][]+)\]\(([^\s)]+)\)$/,
      handler: ({ state, range, match }) => {
        const href = wholeAddress(match[2] ?? '');
        const link = state.schema.marks.link;
        if (!href || !link) return null;
        state.tr.replaceWith(range.from, range.to, state.schema.text(match[1] ?? '', [link.create({ href })])).removeStoredMark(link);
        return undefined;
      },
    }),
  ],
});

const Keys = Extension.create({
  name: 'keys',
  // Before the kit's own, whose ⇧⌘S is the desk's "send and snooze".
  priority: 1_000,
  addKeyboardShortcuts() {
    return {
      'Mod-Shift-x': () => this.editor.commands.toggleStrike(),
      'Mod-Shift-s': () => true,
      'Mod-\\': () => this.editor.chain().unsetAllMarks().clearNodes().run(),
    };
  },
});

interface Options {
  placeholder: () => string;
  mentions: boolean;
  onTyped: (typed: Typed | null) => void;
}

/** What mail can carry, and nothing more. */
export function extensionsOf({ placeholder, mentions, onTyped }: Options): AnyExtension[] {
  return [
    StarterKit.configure({
      heading: false,
      horizontalRule: false,
      underline: false,
      link: {
        openOnClick: false,
        defaultProtocol: 'https',
        protocols: ['mailto', 'tel'],
        HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: null },
      },
      dropcursor: { width: 2, color: 'var(--accent)' },
    }),
    Keys,
    TypedLink,
    OwnImage,
    ...(mentions ? [Mention] : []),
    Typeahead.configure({ mentions, onTyped }),
    Placeholder.configure({ placeholder }),
  ];
}
