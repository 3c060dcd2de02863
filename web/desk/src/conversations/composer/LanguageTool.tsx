import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Conversation } from '../../api/types';
import { put, reasonOf } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys, queryClient } from '../../platform/queries';
import { toastProblem } from '../../platform/toasts';
import classes from './Composer.module.css';

/** What the server can tell apart, and so what most customers write in. */
const LANGUAGES = [
  'en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'no', 'fi', 'pl',
  'cs', 'sk', 'hu', 'ro', 'tr', 'hr', 'sl', 'et', 'lv', 'lt', 'ca', 'el',
  'ru', 'uk', 'bg', 'sr', 'he', 'ar', 'fa', 'ja', 'zh', 'ko', 'th', 'hi',
];

/** Its own name, as its readers look for it. */
function nameOf(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}

async function choose(conversation: Conversation, language: string | null): Promise<void> {
  const key = keys.conversation(conversation.id);
  const show = (value: string | null) => queryClient.setQueryData<Conversation>(key, (old) => old && { ...old, language: value });
  if (language) show(language);
  try {
    const changed = await put<Conversation>(`/conversations/${conversation.id}/language`, { language });
    show(changed.language);
  } catch (error) {
    show(conversation.language);
    toastProblem(t('The language could not be changed. {reason}', { reason: reasonOf(error) }));
  }
}

/** Which language the words are checked in: the customer's, unless the agent knows better. */
export function LanguageTool({ conversation }: { conversation: Conversation }) {
  const [opened, setOpened] = useState(false);
  const { language } = conversation;
  const label = language ? t('Spelling in {language}', { language: nameOf(language) }) : t('Spelling in the language of this browser');
  return (
    <Menu opened={opened} onChange={setOpened} position="top-start" width={220} returnFocus>
      <Menu.Target>
        <UnstyledButton className={classes.language} aria-label={label} title={label}>
          {language?.toUpperCase() ?? 'Aa'}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.attachables}>
        <Menu.Label>{t('The customer writes in')}</Menu.Label>
        <Menu.Item onClick={() => void choose(conversation, null)}>{t('As they wrote: guess again')}</Menu.Item>
        {opened &&
          LANGUAGES.map((each) => (
            <Menu.Item
              key={each}
              lang={each}
              rightSection={each === language ? <IconCheck size={16} aria-label={t('chosen')} /> : null}
              onClick={() => void choose(conversation, each)}
            >
              {nameOf(each)}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
