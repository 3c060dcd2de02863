import { t } from '../platform/i18n';

/** The colours that a tag may have, as the server knows them. */
export function tagColors(): { color: string; name: string }[] {
  return [
    { color: '#475569', name: t('Grey') },
    { color: '#b91c1c', name: t('Red') },
    { color: '#c2410c', name: t('Orange') },
    { color: '#a16207', name: t('Yellow') },
    { color: '#15803d', name: t('Green') },
    { color: '#0e7490', name: t('Teal') },
    { color: '#1d4ed8', name: t('Blue') },
    { color: '#4f46e5', name: t('Indigo') },
    { color: '#a21caf', name: t('Purple') },
    { color: '#be185d', name: t('Pink') },
  ];
}
