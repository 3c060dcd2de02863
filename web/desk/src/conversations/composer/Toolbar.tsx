import { Popover, TextInput } from '@mantine/core';
import { IconBlockquote, IconBold, IconCode, IconItalic, IconLink, IconList, IconListNumbers, IconPaperclip } from '@tabler/icons-react';
import { type Editor, useEditorState } from '@tiptap/react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Upload } from '../../api/types';
import { t } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import { AttachMenu } from './AttachMenu';
import classes from './Composer.module.css';

interface Props {
  editor: Editor;
  linking: boolean;
  setLinking: (open: boolean) => void;
  onFiles: (files: File[]) => void;
  /** Takes a file that is here already. */
  onUpload?: (file: Upload) => void;
  /** Where such files are; from this computer alone where it is left out. */
  sources?: { conversationId: number; brandId: number };
}

export function Toolbar({ editor, linking, setLinking, onFiles, onUpload, sources }: Props) {
  const chooser = useRef<HTMLInputElement>(null);
  const is = useEditorState({
    editor,
    selector: () => ({
      bold: editor.isActive('bold'),
      italic: editor.isActive('italic'),
      bullets: editor.isActive('bulletList'),
      numbers: editor.isActive('orderedList'),
      quote: editor.isActive('blockquote'),
      code: editor.isActive('code') || editor.isActive('codeBlock'),
      link: editor.isActive('link'),
    }),
  });
  const chain = () => editor.chain().focus();
  const tools = [
    { label: t('Bold'), chord: 'mod+b', on: is.bold, Icon: IconBold, run: () => chain().toggleBold().run() },
    { label: t('Italic'), chord: 'mod+i', on: is.italic, Icon: IconItalic, run: () => chain().toggleItalic().run() },
    { label: t('Bulleted list'), chord: 'mod+shift+8', on: is.bullets, Icon: IconList, run: () => chain().toggleBulletList().run() },
    { label: t('Numbered list'), chord: 'mod+shift+7', on: is.numbers, Icon: IconListNumbers, run: () => chain().toggleOrderedList().run() },
    { label: t('Quote'), chord: 'mod+shift+b', on: is.quote, Icon: IconBlockquote, run: () => chain().toggleBlockquote().run() },
    {
      label: t('Code'),
      chord: 'mod+e',
      on: is.code,
      Icon: IconCode,
      // One line is a word of code, several are a block.
      run: () => (editor.state.selection.empty ? chain().toggleCodeBlock().run() : chain().toggleCode().run()),
    },
  ];
  return (
    <div className={classes.tools} role="toolbar" aria-label={t('Formatting')}>
      {tools.map(({ label, chord, on, Icon, run }) => (
        <IconAction
          key={label}
          label={label}
          chord={chord}
          size={28}
          aria-pressed={on}
          data-on={on || undefined}
          className={classes.tool}
          onClick={run}
        >
          <Icon size={16} />
        </IconAction>
      ))}
      <LinkTool editor={editor} on={is.link} open={linking} setOpen={setLinking} />
      {sources && onUpload ? (
        <AttachMenu {...sources} onChoose={() => chooser.current?.click()} onUpload={onUpload} />
      ) : (
        <IconAction label={t('Attach files')} size={28} className={classes.tool} onClick={() => chooser.current?.click()}>
          <IconPaperclip size={16} />
        </IconAction>
      )}
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

function LinkTool({ editor, on, open, setOpen }: { editor: Editor; on: boolean; open: boolean; setOpen: (open: boolean) => void }) {
  const [address, setAddress] = useState('');
  const show = () => {
    setAddress((editor.getAttributes('link').href as string | undefined) ?? '');
    setOpen(true);
  };
  const save = () => {
    setOpen(false);
    const href = address.trim();
    const chain = editor.chain().focus().extendMarkRange('link');
    if (!href) chain.unsetLink().run();
    else {
      const whole = /^(https?:|mailto:|tel:)/i.test(href) ? href : `https://${href}`;
      if (editor.state.selection.empty && !on)
        chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href: whole } }] }).run();
      else chain.setLink({ href: whole }).run();
    }
  };
  return (
    <Popover opened={open} onChange={setOpen} position="top-start" trapFocus returnFocus>
      <Popover.Target>
        <IconAction
          label={t('Link')}
          chord="mod+shift+k"
          size={28}
          aria-pressed={on}
          data-on={on || undefined}
          className={classes.tool}
          onClick={show}
        >
          <IconLink size={16} />
        </IconAction>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('Link')}>
        <TextInput
          label={t('Link address')}
          description={t('Enter saves, empty removes the link.')}
          placeholder="https://"
          w={280}
          data-autofocus
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              save();
            }
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
