import { Button, Popover, TextInput } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import type { Editor } from '@tiptap/react';
import { type FormEvent, useEffect, useState } from 'react';
import { t } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import classes from './Composer.module.css';
import { wholeAddress } from './pasted';

interface Props {
  editor: Editor;
  /** The caret stands in a link. */
  on: boolean;
  open: boolean;
  setOpen: (open: boolean) => void;
}

/** Makes a link of what is selected, or changes or removes the one in which the caret stands. */
export function LinkTool({ editor, on, open, setOpen }: Props) {
  const [address, setAddress] = useState('');
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    if (!open) return;
    setAddress((editor.getAttributes('link').href as string | undefined) ?? '');
    setWrong(false);
  }, [open, editor]);

  const remove = () => {
    setOpen(false);
    editor.chain().focus().extendMarkRange('link').unsetLink().run();
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!address.trim()) return remove();
    const href = wholeAddress(address);
    if (!href) return setWrong(true);
    setOpen(false);
    const chain = editor.chain().focus().extendMarkRange('link');
    if (editor.state.selection.empty && !on) {
      chain.insertContent([{ type: 'text', text: address.trim(), marks: [{ type: 'link', attrs: { href } }] }, { type: 'text', text: ' ' }]).run();
    } else chain.setLink({ href }).run();
  };
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      onExitTransitionEnd={() => editor.isDestroyed || editor.commands.focus()}
      position="top-start"
      trapFocus
      closeOnEscape
    >
      <Popover.Target>
        <IconAction
          label={t('Link')}
          chord="mod+shift+k"
          size={28}
          aria-pressed={on}
          data-on={on || undefined}
          className={classes.tool}
          onClick={() => setOpen(!open)}
        >
          <IconLink size={16} />
        </IconAction>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('Link')} onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}>
        <form className={classes.link} onSubmit={save}>
          <TextInput
            label={t('Link address')}
            placeholder="https://"
            w={300}
            data-autofocus
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            value={address}
            error={wrong ? t('This is not an address.') : undefined}
            onChange={(event) => {
              setAddress(event.currentTarget.value);
              setWrong(false);
            }}
          />
          <div className={classes.linkActions}>
            <Button type="submit" size="xs">
              {on ? t('Change') : t('Add the link')}
            </Button>
            {on && (
              <Button size="xs" variant="subtle" onClick={remove}>
                {t('Remove')}
              </Button>
            )}
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
