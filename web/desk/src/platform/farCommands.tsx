import { useMantineColorScheme } from '@mantine/core';
import { IconLanguage, IconListCheck, IconLogout, IconMoon, IconSettings, IconSun, IconUsers } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { SECTIONS } from '../settings/sections';
import { choicesFrom, choiceWords, choose } from '../staff/availability';
import { chooseLanguage } from '../staff/language';
import { PresenceSign } from '../staff/Presence';
import { signOut, useSession } from '../staff/session';
import { useDensity } from './appearance';
import { type Command, when } from './commands';
import { type Language, LANGUAGES, t, useLanguage } from './i18n';

/** What can be done from everywhere and has no key: it comes with the palette. */
export function useFarCommands(): Command[] {
  const navigate = useNavigate();
  const { agent, may } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, setDensity] = useDensity();
  const language = useLanguage();
  const dark = colorScheme === 'dark';

  return [
    ...when(may('customers:change'), {
      id: 'duplicates',
      label: t('Customers who may be the same'),
      group: 'Go to',
      words: t('duplicate merge same person'),
      icon: <IconUsers size={16} />,
      run: () => void navigate({ to: '/customers/duplicates' }),
    }),
    {
      id: 'settings',
      label: t('Go to Settings'),
      group: 'Go to',
      words: t('preferences'),
      icon: <IconSettings size={16} />,
      run: () => void navigate({ to: '/settings/$section', params: { section: 'profile' } }),
    },
    ...SECTIONS.filter((each) => !each.needs || may(each.needs)).map<Command>((each) => ({
      id: `settings-${each.section}`,
      label: t('Settings: {label}', { label: each.label }),
      group: 'Go to',
      icon: <each.Icon size={16} />,
      onlyWhenSearched: true,
      run: () => void navigate({ to: '/settings/$section', params: { section: each.section } }),
    })),
    ...when(may('installation:manage'), {
      id: 'start',
      label: t('Go to Getting started'),
      group: 'Go to',
      icon: <IconListCheck size={16} />,
      run: () => void navigate({ to: '/start' }),
    }),
    ...choicesFrom(Date.now()).map<Command>((choice) => ({
      id: `presence-${choice.id}`,
      label: t('Be seen as: {presence}', { presence: choiceWords(choice) }),
      group: 'Desk',
      words: t('presence availability status break lunch'),
      icon: <PresenceSign presence={choice.availability} alone />,
      onlyWhenSearched: true,
      run: () => void choose(agent.id, choice.availability, choice.until),
    })),
    {
      id: 'theme',
      label: dark ? t('Use the light theme') : t('Use the dark theme'),
      group: 'Desk',
      words: t('appearance mode'),
      icon: dark ? <IconSun size={16} /> : <IconMoon size={16} />,
      run: () => setColorScheme(dark ? 'light' : 'dark'),
    },
    {
      id: 'density',
      label: density === 'compact' ? t('Comfortable density') : t('Compact density'),
      group: 'Desk',
      words: t('appearance rows'),
      run: () => setDensity(density === 'compact' ? 'comfortable' : 'compact'),
    },
    ...(Object.keys(LANGUAGES) as Language[])
      .filter((each) => each !== language)
      .map<Command>((each) => ({
        id: `language-${each}`,
        label: t('Language: {name}', { name: LANGUAGES[each].name }),
        group: 'Desk',
        words: t('language deutsch german english'),
        icon: <IconLanguage size={16} />,
        onlyWhenSearched: true,
        run: () => void chooseLanguage(each),
      })),
    { id: 'sign-out', label: t('Sign out'), group: 'Desk', words: t('log out leave'), icon: <IconLogout size={16} />, run: () => void signOut() },
  ];
}
