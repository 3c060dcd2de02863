import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { Message } from '../../api/types';
import { t } from '../../platform/i18n';
import classes from '../thread/Message.module.css';
import composer from './Composer.module.css';
import { reschedule } from './sending';
import { sendTimes } from './sendTimes';
import { WhenPicker } from './WhenPicker';

/** Another time for what leaves later, or is held back. */
export function ChangeTime({ message }: { message: Message }) {
  const [opened, setOpened] = useState(false);
  const [picking, setPicking] = useState(false);
  const pick = (at: string) => {
    setOpened(false);
    void reschedule(message, at);
  };
  return (
    <Menu
      opened={opened}
      onChange={(open) => {
        setOpened(open);
        setPicking(false);
      }}
      position="bottom-start"
      width={300}
      returnFocus
    >
      <Menu.Target>
        <button type="button" className={classes.inlineAction}>
          {t('Change the time')}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {picking ? (
          <WhenPicker label={t('Send at')} action={t('Schedule')} onPick={pick} />
        ) : (
          <>
            {opened &&
              sendTimes(Date.now()).map((time) => (
                <Menu.Item key={time.at} onClick={() => pick(time.at)} rightSection={<span className={composer.attachableSize}>{time.when}</span>}>
                  {time.label}
                </Menu.Item>
              ))}
            <Menu.Item closeMenuOnClick={false} onClick={() => setPicking(true)}>
              {t('Pick a time…')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
