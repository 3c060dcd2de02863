import { type Editor, mergeAttributes, Node } from '@tiptap/react';
import { t } from '../../platform/i18n';
import classes from './Writing.module.css';

const OWN = /^\/api\/v1\/attachments\/\d+$/;
export const NARROWEST = 40;
/** What a mail has room for. */
export const WIDEST = 600;
const STEP = 40;

/** Of pasted markup, only pictures that this desk keeps are taken: all others would call out. */
function ownSource(element: HTMLElement): string | null {
  const url = new URL(element.getAttribute('src') ?? '', location.href);
  return url.origin === location.origin && OWN.test(url.pathname) ? url.pathname : null;
}

function widthOf(value: string | null): number | null {
  const width = Number(value);
  return Number.isInteger(width) && width > 0 ? Math.min(WIDEST, Math.max(NARROWEST, width)) : null;
}

/** The picture that is selected, if one is. */
export function selectedImage(editor: Editor): { alt: string; width: number | null } | null {
  return editor.isActive('image') ? (editor.getAttributes('image') as { alt: string; width: number | null }) : null;
}

/** Makes the selected picture wider or narrower, from how it is shown just now. */
export function resizeBy(editor: Editor, steps: number): void {
  const shown = (editor.view.nodeDOM(editor.state.selection.from) as HTMLElement | null)?.querySelector('img');
  const now = selectedImage(editor)?.width ?? shown?.clientWidth ?? WIDEST;
  const width = Math.min(WIDEST, Math.max(NARROWEST, Math.round(now / STEP + steps) * STEP));
  editor.commands.updateAttributes('image', { width });
}

/** A picture among the words, which travels within the mail; its width by handle, or by + and - while it is selected. */
export const OwnImage = Node.create({
  name: 'image',
  group: 'inline',
  inline: true,
  draggable: true,
  addAttributes: () => ({
    src: { default: null },
    alt: { default: '' },
    width: { default: null, parseHTML: (element) => widthOf(element.getAttribute('width')) },
  }),
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
  addKeyboardShortcuts() {
    const step = (by: number) => () => {
      if (!selectedImage(this.editor)) return false;
      resizeBy(this.editor, by);
      return true;
    };
    return { '+': step(1), '-': step(-1) };
  },
  addNodeView() {
    return ({ node, editor, getPos }) => {
      const box = document.createElement('span');
      box.className = classes.picture ?? '';
      const image = document.createElement('img');
      const handle = document.createElement('span');
      handle.className = classes.handle ?? '';
      handle.setAttribute('aria-hidden', 'true');
      handle.title = t('Drag to resize');
      box.append(image, handle);
      const show = (attributes: Record<string, unknown>) => {
        image.src = String(attributes.src);
        image.alt = String(attributes.alt ?? '');
        if (attributes.width) image.width = Number(attributes.width);
        else image.removeAttribute('width');
      };
      show(node.attrs);
      handle.addEventListener('pointerdown', (event) => {
        event.preventDefault();
        event.stopPropagation();
        handle.setPointerCapture(event.pointerId);
        const from = { x: event.clientX, width: image.clientWidth };
        const toStart = getComputedStyle(image).direction === 'rtl' ? -1 : 1;
        const widthAt = (x: number) => Math.round(Math.min(WIDEST, Math.max(NARROWEST, from.width + (x - from.x) * toStart)));
        const onMove = (move: PointerEvent) => {
          image.width = widthAt(move.clientX);
        };
        handle.addEventListener('pointermove', onMove);
        handle.addEventListener(
          'pointerup',
          (up) => {
            handle.removeEventListener('pointermove', onMove);
            const at = getPos();
            if (at !== undefined) editor.chain().setNodeSelection(at).updateAttributes('image', { width: widthAt(up.clientX) }).run();
          },
          { once: true },
        );
      });
      return {
        dom: box,
        stopEvent: (event) => event.target === handle,
        ignoreMutation: () => true,
        update: (next) => {
          if (next.type.name !== 'image') return false;
          show(next.attrs);
          return true;
        },
      };
    };
  },
});
