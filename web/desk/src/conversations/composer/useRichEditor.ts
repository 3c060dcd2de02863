import { type Editor, useEditor, type UseEditorOptions } from '@tiptap/react';
import { useEffect, useRef, useState } from 'react';
import type { Upload } from '../../api/types';
import { extensionsOf } from './extensions';
import { cleanPasted } from './pasted';
import type { Typed } from './typeahead';

interface Options {
  content: string;
  placeholder: string;
  label: string;
  /** The language of the words, for the spell checker; null where it is not known. */
  language?: string | null;
  /** Whether `@` names colleagues. */
  mentions?: boolean;
  /** Counts up when other words are to stand here: `content` as it is then. */
  version?: number;
  onChange: (read: () => string, empty: boolean) => void;
  onFiles: (files: File[]) => void;
  /** Uploads an image that is to stand in the text; `show` is false once the editor has gone. */
  onImage?: (file: File, show: (image: Upload) => boolean) => void;
  /** True when the key was taken. */
  onKey: (event: KeyboardEvent) => boolean;
  onTyped?: (typed: Typed | null) => void;
}

/** The one editor of replies, notes and new conversations. */
export function useRichEditor(options: Options): Editor | null {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const live = useRef<Editor | null>(null);
  const take = (files: File[]) => {
    const { onImage, onFiles } = latest.current;
    const images = onImage ? files.filter((file) => SHOWN.test(file.type)) : [];
    for (const file of images) onImage?.(file, (image) => insertImage(live.current, image));
    const others = files.filter((file) => !images.includes(file));
    if (others.length > 0) onFiles(others);
  };
  // The same options with every render: the editor compares them, and would be set up anew otherwise.
  const [stable] = useState<UseEditorOptions>(() => ({
    extensions: extensionsOf({
      placeholder: () => latest.current.placeholder,
      mentions: options.mentions ?? false,
      onTyped: (typed) => latest.current.onTyped?.(typed),
    }),
    content: options.content,
    editorProps: {
      attributes: () => ({
        'aria-label': latest.current.label,
        role: 'textbox',
        'aria-multiline': 'true',
        dir: 'auto',
        spellcheck: 'true',
        ...(latest.current.language ? { lang: latest.current.language } : {}),
      }),
      transformPastedHTML: cleanPasted,
      handlePaste: (_view, event) => takeFiles(event.clipboardData, take),
      handleDrop: (_view, event) => takeFiles(event.dataTransfer, take),
      handleKeyDown: (_view, event) => latest.current.onKey(event),
    },
    onUpdate: ({ editor }) => latest.current.onChange(() => (editor.isEmpty ? '' : editor.getHTML()), editor.isEmpty),
    shouldRerenderOnTransaction: false,
  }));
  const editor = useEditor(stable);
  useEffect(() => {
    live.current = editor;
  }, [editor]);

  // What it is called and spoken stands in its own part of the page, which it draws anew only when told to.
  const { label, placeholder, language, version = 0 } = options;
  useEffect(() => {
    if (editor && !editor.isDestroyed) editor.view.dispatch(editor.state.tr);
  }, [editor, label, placeholder, language]);

  const [shownVersion] = useState({ current: version });
  useEffect(() => {
    if (!editor || editor.isDestroyed || shownVersion.current === version) return;
    shownVersion.current = version;
    editor.commands.setContent(latest.current.content, { emitUpdate: false });
  }, [editor, version, shownVersion]);

  // One that took too long to be shown is thrown away by the library and made again.
  return editor?.isDestroyed ? null : editor;
}

const SHOWN = /^image\/(png|jpeg|gif|webp)$/;

function insertImage(editor: Editor | null, image: Upload): boolean {
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
