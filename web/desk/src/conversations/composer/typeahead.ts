import { Extension } from '@tiptap/react';
import { Plugin } from '@tiptap/pm/state';

/** What is being typed after `@` or `:`, and where it stands. */
export interface Typed {
  trigger: '@' | ':';
  query: string;
  from: number;
  to: number;
}

export interface TypeaheadOptions {
  /** `@` only where people can be named. */
  mentions: boolean;
  onTyped: (typed: Typed | null) => void;
}

const NAMED = /(?:^|[\s(\u00a0])@([\p{L}\d][\p{L}\d .'-]{0,30}|)$/u;
const EMOJI = /(?:^|[\s(\u00a0]):([\p{L}\d][\p{L}\d_+-]{1,20})$/u;

/** Pure: what the words before the caret ask for. A time ("10:30"), an address and a smiley ask for nothing. */
export function askedFor(before: string, mentions: boolean): { trigger: '@' | ':'; query: string } | null {
  const named = mentions ? NAMED.exec(before) : null;
  if (named && !/\s{2}$/.test(before)) return { trigger: '@', query: named[1] ?? '' };
  const emoji = EMOJI.exec(before);
  return emoji ? { trigger: ':', query: emoji[1] ?? '' } : null;
}

export const Typeahead = Extension.create<TypeaheadOptions>({
  name: 'typeahead',
  addOptions: () => ({ mentions: false, onTyped: () => undefined }),
  addProseMirrorPlugins() {
    const { mentions, onTyped } = this.options;
    let last: Typed | null = null;
    const tell = (next: Typed | null) => {
      if (next === last || (next && last && next.query === last.query && next.from === last.from)) return;
      last = next;
      onTyped(next);
    };
    return [
      new Plugin({
        view: () => ({
          update: (view, before) => {
            if (before.doc.eq(view.state.doc) && before.selection.eq(view.state.selection)) return;
            const { $from, empty } = view.state.selection;
            if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code || $from.marks().some((mark) => mark.type.name === 'code')) {
              tell(null);
              return;
            }
            const text = $from.parent.textBetween(Math.max(0, $from.parentOffset - 60), $from.parentOffset, undefined, '\ufffc');
            const asked = askedFor(text, mentions);
            // Opened by typing alone: walking over old words with the arrows offers nothing.
            if (!asked || (before.doc.eq(view.state.doc) && !last)) {
              tell(null);
              return;
            }
            tell({ ...asked, from: $from.pos - asked.query.length - 1, to: $from.pos });
          },
        }),
      }),
    ];
  },
});
