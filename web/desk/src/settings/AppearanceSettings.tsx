import { Radio, useMantineColorScheme } from '@mantine/core';
import { type AfterClosing, type Density, useAfterClosing, useDensity } from '../platform/appearance';
import { SendingSettings } from '../conversations/composer/SendingSettings';
import { type Language, LANGUAGES, t } from '../platform/i18n';
import { chooseLanguage } from '../staff/language';
import { useSession } from '../staff/session';
import classes from './Settings.module.css';

/** The value of the choice that names no language. */
const BROWSERS = 'browser';

export function AppearanceSettings() {
  const { agent } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, setDensity] = useDensity();
  const [after, setAfter] = useAfterClosing();
  return (
    <>
      <section className={classes.section}>
        <Radio.Group
          label={t('Language of the desk')}
          description={t('It follows you to your other devices. What customers get stays in their language.')}
          value={agent.deskLanguage ?? BROWSERS}
          onChange={(value) => void chooseLanguage(value === BROWSERS ? null : (value as Language))}
        >
          <div className={classes.bar} style={{ paddingTop: 8 }}>
            <Radio value={BROWSERS} label={t('Same as the browser')} />
            {Object.entries(LANGUAGES).map(([language, { name }]) => (
              <Radio key={language} value={language} label={<span lang={language}>{name}</span>} />
            ))}
          </div>
        </Radio.Group>
      </section>
      <section className={classes.section}>
        <p className={classes.lead}>{t('The rest is kept in this browser.')}</p>
        <Radio.Group label={t('Theme')} value={colorScheme} onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}>
          <div className={classes.bar} style={{ paddingTop: 8 }}>
            <Radio value="auto" label={t('As the system')} />
            <Radio value="light" label={t('Light')} />
            <Radio value="dark" label={t('Dark')} />
          </div>
        </Radio.Group>
        <Radio.Group
          label={t('Density')}
          description={t('How much of the list fits on the screen.')}
          value={density}
          onChange={(value) => setDensity(value as Density)}
        >
          <div className={classes.bar} style={{ paddingTop: 8 }}>
            <Radio value="comfortable" label={t('Comfortable')} />
            <Radio value="compact" label={t('Compact')} />
          </div>
        </Radio.Group>
        <Radio.Group
          label={t('After resolving or snoozing')}
          description={t('Where the desk goes next.')}
          value={after}
          onChange={(value) => setAfter(value as AfterClosing)}
        >
          <div className={classes.bar} style={{ paddingTop: 8 }}>
            <Radio value="next" label={t('The next conversation')} />
            <Radio value="list" label={t('Back to the list')} />
            <Radio value="stay" label={t('Stay')} />
          </div>
        </Radio.Group>
        <SendingSettings />
      </section>
    </>
  );
}
