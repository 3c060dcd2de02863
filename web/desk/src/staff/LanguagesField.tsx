import '@mantine/core/styles/Pill.css';
import '@mantine/core/styles/PillsInput.css';
import { MultiSelect } from '@mantine/core';
import { useMemo } from 'react';
import { t, useLanguage } from '../platform/i18n';
import { languageName } from './PersonSummary';

/** What customers write in, of what an Intl.DisplayNames knows. */
const TAGS =
  'af,ar,az,be,bg,bn,bs,ca,cs,cy,da,de,de-CH,el,en,es,et,eu,fa,fi,fr,ga,gl,gu,he,hi,hr,hu,hy,id,is,it,ja,ka,kk,ko,lb,lt,lv,mk,ms,mt,nb,nl,pa,pl,pt,pt-BR,ro,ru,sk,sl,sq,sr,sv,sw,ta,th,tr,uk,ur,uz,vi,zh-Hans,zh-Hant'.split(',');

const MOST = 20;

interface Props {
  languages: string[];
  error?: string;
  change: (languages: string[]) => void;
}

/** The languages that somebody speaks with customers, the best first. */
export function LanguagesField({ languages, error, change }: Props) {
  const desk = useLanguage();
  const data = useMemo(
    () =>
      [...new Set([...languages, ...TAGS])]
        .map((value) => ({ value, label: languageName(value) }))
        .sort((a, b) => a.label.localeCompare(b.label, desk)),
    [languages, desk],
  );
  return (
    <MultiSelect
      label={t('Languages')}
      description={t('In which you answer customers, the best first. Colleagues see them.')}
      data={data}
      value={languages}
      searchable
      hidePickedOptions
      maxValues={MOST}
      nothingFoundMessage={t('No such language')}
      placeholder={languages.length === 0 ? t('Add a language') : undefined}
      error={error}
      onChange={change}
    />
  );
}
