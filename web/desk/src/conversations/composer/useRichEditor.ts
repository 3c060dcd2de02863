import { Placeholder } from '@tiptap/extensions';
import { useEditor, type UseEditorOptions } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { useEffect, useRef, useState } from 'react';

interface Options {
  content: string;
  placeholder: string;
  label: string;
  onChange: (html: string) => void;
  onFiles: (files: File[]) => void;
  /** True when the key was taken. */
  onKey: (event: KeyboardEvent) => boolean;
}

/** The one editor of replies, notes and new conversations: what mail can carry, and nothing more. */
export function useRichEditor(options: Options) {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  // The same options with every render: the editor compares them, and would be set up anew otherwise.
  const [stable] = useState<UseEditorOptions>(() => ({
    extensions: [
      StarterKit.configure({
        heading: false,
        horizontalRule: false,
        underline: false,
        link: { openOnClick: false, defaultProtocol: 'https', HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: null } },
      }),
      Placeholder.configure({ placeholder: options.placeholder }),
    ],
    content: options.content,
    editorProps: {
      attributes: { 'aria-label': options.label, role: 'textbox', 'aria-multiline': 'true', dir: 'auto' },
      handlePaste: (_view, event) => takeFiles(event.clipboardData, latest.current.onFiles),
      handleDrop: (_view, event) => takeFiles(event.dataTransfer, latest.current.onFiles),
      handleKeyDown: (_view, event) => latest.current.onKey(event),
    },
    onUpdate: ({ editor }) => latest.current.onChange(editor.isEmpty ? '' : editor.getHTML()),
    shouldRerenderOnTransaction: false,
  }));
  const editor = useEditor(stable);
  // One that took too long to be shown is thrown away by the library and made again.
  return editor?.isDestroyed ? null : editor;
}

/** A copied table of a spreadsheet comes with its picture; its words are what was meant. */
function takeFiles(data: DataTransfer | null, onFiles: (files: File[]) => void): boolean {
  const files = [...(data?.files ?? [])];
  if (files.length === 0 || data?.types.includes('text/html')) return false;
  onFiles(files);
  return true;
}
