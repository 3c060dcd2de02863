import { Button, TextInput } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import type { Editor } from '@tiptap/react';
import { t } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import classes from './Composer.module.css';
import { resizeBy } from './OwnImage';

interface Props {
  editor: Editor;
  alt: string;
  width: number | null;
}

/** Stands in the place of the tools while a picture is selected. */
export function ImageTools({ editor, alt, width }: Props) {
  return (
    <div className={classes.tools} role="toolbar" aria-label={t('Picture')}>
      <IconAction label={t('Smaller')} chord="-" size={28} className={classes.tool} onClick={() => resizeBy(editor, -1)}>
        <IconMinus size={16} />
      </IconAction>
      <IconAction label={t('Larger')} chord="+" size={28} className={classes.tool} onClick={() => resizeBy(editor, 1)}>
        <IconPlus size={16} />
      </IconAction>
      <Button
        size="compact-sm"
        variant="subtle"
        disabled={width === null}
        onClick={() => editor.chain().updateAttributes('image', { width: null }).focus().run()}
      >
        {t('Its own size')}
      </Button>
      <TextInput
        size="xs"
        className={classes.alt}
        aria-label={t('What the picture shows, for who cannot see it')}
        placeholder={t('What it shows…')}
        maxLength={300}
        value={alt}
        onChange={(event) => editor.commands.updateAttributes('image', { alt: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          editor.commands.focus(editor.state.selection.to);
        }}
      />
    </div>
  );
}
