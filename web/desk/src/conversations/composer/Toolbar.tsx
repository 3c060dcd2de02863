import { Popover } from '@mantine/core';
import {
  IconBlockquote,
  IconBold,
  IconClearFormatting,
  IconCode,
  IconItalic,
  IconList,
  IconListNumbers,
  IconMoodSmile,
  IconPaperclip,
  IconSourceCode,
  IconStrikethrough,
} from '@tabler/icons-react';
import { type Editor, useEditorState } from '@tiptap/react';
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useRef } from 'react';
import type { Upload } from '../../api/types';
import { t } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import { AttachMenu } from './AttachMenu';
import classes from './Composer.module.css';
import { ImageTools } from './ImageTools';
import { LinkTool } from './LinkTool';
import { selectedImage } from './OwnImage';

const EmojiPicker = lazy(() => import('./EmojiPicker'));

export type OpenTool = 'link' | 'emoji' | null;

interface Props {
  editor: Editor;
  open: OpenTool;
  setOpen: (tool: OpenTool) => void;
  onFiles: (files: File[]) => void;
  /** Takes a file that is here already. */
  onUpload?: (file: Upload) => void;
  /** Where such files are; from this computer alone where it is left out. */
  sources?: { conversationId: number; brandId: number };
  /** More tools, at the end. */
  children?: ReactNode;
}

/** One stop of Tab: the arrows walk its buttons. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step || !(event.target instanceof HTMLButtonElement)) return;
  const all = [...event.currentTarget.querySelectorAll('button')];
  const next = all[(all.indexOf(event.target) + step + all.length) % all.length];
  event.preventDefault();
  next?.focus();
}

export function Toolbar({ editor, open, setOpen, onFiles, onUpload, sources, children }: Props) {
  const chooser = useRef<HTMLInputElement>(null);
  const is = useEditorState({
    editor,
    selector: () => ({
      bold: editor.isActive('bold'),
      italic: editor.isActive('italic'),
      strike: editor.isActive('strike'),
      bullets: editor.isActive('bulletList'),
      numbers: editor.isActive('orderedList'),
      quote: editor.isActive('blockquote'),
      code: editor.isActive('code'),
      block: editor.isActive('codeBlock'),
      link: editor.isActive('link'),
      image: selectedImage(editor),
    }),
  });
  if (is.image) return <ImageTools editor={editor} alt={is.image.alt} width={is.image.width} />;
  const chain = () => editor.chain().focus();
  const tools = [
    { label: t('Bold'), chord: 'mod+b', on: is.bold, Icon: IconBold, run: () => chain().toggleBold().run() },
    { label: t('Italic'), chord: 'mod+i', on: is.italic, Icon: IconItalic, run: () => chain().toggleItalic().run() },
    { label: t('Struck out'), chord: 'mod+shift+x', on: is.strike, Icon: IconStrikethrough, run: () => chain().toggleStrike().run() },
    { label: t('Bulleted list'), chord: 'mod+shift+8', on: is.bullets, Icon: IconList, run: () => chain().toggleBulletList().run() },
    { label: t('Numbered list'), chord: 'mod+shift+7', on: is.numbers, Icon: IconListNumbers, run: () => chain().toggleOrderedList().run() },
    { label: t('Quote'), chord: 'mod+shift+b', on: is.quote, Icon: IconBlockquote, run: () => chain().toggleBlockquote().run() },
    { label: t('Code'), chord: 'mod+e', on: is.code, Icon: IconCode, run: () => chain().toggleCode().run() },
    { label: t('Block of code'), chord: 'mod+alt+c', on: is.block, Icon: IconSourceCode, run: () => chain().toggleCodeBlock().run() },
  ];
  return (
    <div className={classes.tools} role="toolbar" aria-label={t('Formatting')} onKeyDown={walk}>
      {tools.map(({ label, chord, on, Icon, run }, index) => (
        <IconAction
          key={chord}
          label={label}
          chord={chord}
          size={28}
          tabIndex={index === 0 ? 0 : -1}
          aria-pressed={on}
          data-on={on || undefined}
          className={`${classes.tool} ${classes.format}`}
          onClick={run}
        >
          <Icon size={16} />
        </IconAction>
      ))}
      <IconAction label={t('Clear formatting')} chord="mod+\" size={28} tabIndex={-1} className={`${classes.tool} ${classes.format}`} onClick={() => chain().unsetAllMarks().clearNodes().run()}>
        <IconClearFormatting size={16} />
      </IconAction>
      <LinkTool editor={editor} on={is.link} open={open === 'link'} setOpen={(now) => setOpen(now ? 'link' : null)} />
      <Popover
        opened={open === 'emoji'}
        onChange={(now) => setOpen(now ? 'emoji' : null)}
        onExitTransitionEnd={() => editor.isDestroyed || editor.commands.focus()}
        position="top-start"
        trapFocus
      >
        <Popover.Target>
          <IconAction label={t('Emoji')} chord="mod+shift+:" size={28} className={classes.tool} onClick={() => setOpen(open === 'emoji' ? null : 'emoji')}>
            <IconMoodSmile size={16} />
          </IconAction>
        </Popover.Target>
        <Popover.Dropdown p={8} aria-label={t('Emoji')} onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}>
          <Suspense fallback={<div className={classes.emojiBones} aria-busy="true" />}>
            <EmojiPicker
              onPick={(sign) => {
                setOpen(null);
                chain().insertContent(sign).run();
              }}
            />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      {sources && onUpload ? (
        <AttachMenu {...sources} onChoose={() => chooser.current?.click()} onUpload={onUpload} />
      ) : (
        <IconAction label={t('Attach files, 25 MB each at most')} size={28} className={classes.tool} onClick={() => chooser.current?.click()}>
          <IconPaperclip size={16} />
        </IconAction>
      )}
      {children}
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
