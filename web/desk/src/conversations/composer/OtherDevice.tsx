import { Button } from '@mantine/core';
import type { Editor } from '@tiptap/react';
import { t } from '../../platform/i18n';
import { Time } from '../../platform/Time';
import classes from './Composer.module.css';
import { wordsOf } from './drafts';
import { elsewhere, settle } from './draftSync';

/** What the same agent wrote on another device, so that nothing of it is lost. */
export function OtherDevice({ draftKey, editor }: { draftKey: string; editor: Editor | null }) {
  const others = elsewhere.use()[draftKey];
  const [newest] = others ?? [];
  if (!newest || !editor) return null;
  const words = wordsOf(newest.html);
  const takeOver = () => {
    const all = (others ?? []).map((each) => each.html).join('');
    editor.chain().focus('end').insertContent(all).run();
    settle(draftKey);
  };
  return (
    <div role="status" className={classes.elsewhere}>
      <p>
        {t('You also wrote on another device')} (<Time at={newest.updatedAt} />): <q dir="auto">{words.slice(0, 160) || t('a picture')}</q>
      </p>
      <Button size="compact-sm" variant="default" onClick={takeOver}>
        {t('Add it below')}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={() => settle(draftKey)}>
        {t('Not needed')}
      </Button>
    </div>
  );
}
