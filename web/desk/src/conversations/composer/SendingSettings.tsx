import { Radio, Select } from '@mantine/core';
import { KeyCaps } from '../../platform/KeyCaps';
import { plural, t } from '../../platform/i18n';
import { CHORD_OF, UNDO_CHOICES, useUndoSeconds, useUsualWay, type Way, WAYS, wayHint, wayLabel } from './ways';
import classes from './Writing.module.css';

/** How this agent sends: what ⌘↵ does, and how long nothing leaves. */
export function SendingSettings() {
  const [way, setWay] = useUsualWay();
  const [seconds, setSeconds] = useUndoSeconds();
  return (
    <>
      <Radio.Group label={t('Sending an answer with {key}', { key: '⌘↵ / Ctrl ↵' })} value={way} onChange={(value) => setWay(value as Way)}>
        <div className={classes.wayChoices}>
          {WAYS.map((each) => (
            <Radio
              key={each}
              value={each}
              label={
                <>
                  {wayLabel(each)} {each !== 'send' && <KeyCaps chord={CHORD_OF[each]} />}
                </>
              }
              description={wayHint(each)}
            />
          ))}
        </div>
      </Radio.Group>
      <Select
        label={t('Time to undo sending')}
        description={t('So long nothing leaves: Z or Undo brings the words back.')}
        allowDeselect={false}
        maw={320}
        value={String(seconds)}
        data={UNDO_CHOICES.map((each) => ({
          value: String(each),
          label: each === 0 ? t('None: it leaves at once') : plural(each, '{n} second', '{n} seconds'),
        }))}
        onChange={(value) => setSeconds(Number(value))}
      />
    </>
  );
}
