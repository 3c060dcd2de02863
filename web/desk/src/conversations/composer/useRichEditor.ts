import { Placeholder } from '@tiptap/extensions';
import { type Editor, useEditor, type UseEditorOptions } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import type { Upload } from '../../api/types';
import { OwnImage } from './OwnImage';
import { useEffect, useRef, useState } from 'react';

interface Options {
  content: string;
  placeholder: string;
  label: string;
  onChange: (html: string) => void;
  onFiles: (files: File[]) => void;
  /** Uploads an image that is to stand in the text; `show` is false once the editor has gone. */
  onImage?: (file: File, show: (image: Upload) => boolean) => void;
  /** True when the key was taken. */
  onKey: (event: KeyboardEvent) => boolean;
}

/** The one editor of replies, notes and new conversations: what mail can carry, and nothing more. */
export function useRichEditor(options: Options) {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const live = useRef<Editor | null>(null);
  const take = (files: File[]) => {
    const { onImage, onFiles } = latest.current;
    const images = onImage ? files.filter((file) => SHOWN.test(file.type)) : [];
    for (const file of images) onImage?.(file, (image) => insert(live.current, image));
    const others = files.filter((file) => !images.includes(file));
    if (others.length > 0) onFiles(others);
  };
  // The same options with every render: the editor compares them, and would be set up anew otherwise.
  const [stable] = useState<UseEditorOptions>(() => ({
    extensions: [
      StarterKit.configure({
        heading: false,
        horizontalRule: false,
        underline: false,
        link: { openOnClick: false, defaultProtocol: 'https', HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: null } },
      }),
      OwnImage,
      Placeholder.configure({ placeholder: () => latest.current.placeholder }),
    ],
    content: options.content,
    editorProps: {
      attributes: () => ({ 'aria-label': latest.current.label, role: 'textbox', 'aria-multiline': 'true', dir: 'auto' }),
      handlePaste: (_view, event) => takeFiles(event.clipboardData, take),
      handleDrop: (_view, event) => takeFiles(event.dataTransfer, take),
      handleKeyDown: (_view, event) => latest.current.onKey(event),
    },
    onUpdate: ({ editor }) => latest.current.onChange(editor.isEmpty ? '' : editor.getHTML()),
    shouldRerenderOnTransaction: false,
  }));
  const editor = useEditor(stable);
  useEffect(() => {
    live.current = editor;
  }, [editor]);
  // What it is called stands in its own part of the page, which it draws anew only when told to.
  const { label, placeholder } = options;
  useEffect(() => {
    if (editor && !editor.isDestroyed) editor.view.dispatch(editor.state.tr);
  }, [editor, label, placeholder]);
  // One that took too long to be shown is thrown away by the library and made again.
  return editor?.isDestroyed ? null : editor;
}

const SHOWN = /^image\/(png|jpeg|gif|webp)$/;

function insert(editor: Editor | null, image: Upload): boolean {
  if (!editor || editor.isDestroyed) return false;
  const shown = { type: 'image', attrs: { src: `/api/v1/attachments/${image.id}`, alt: image.name } };
  // On lines of its own: words beside a picture stand at its foot.
  editor.chain().focus().insertContent([{ type: 'paragraph', content: [shown] }, { type: 'paragraph' }]).run();
  return true;
}

/** A copied table of a spreadsheet comes with its picture; its words are what was meant. */
function takeFiles(data: DataTransfer | null, onFiles: (files: File[]) => void): boolean {
  const files = [...(data?.files ?? [])];
  if (files.length === 0 || data?.types.includes('text/html')) return false;
  onFiles(files);
  return true;
}
