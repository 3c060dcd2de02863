import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../platform/i18n';
import { KeyCaps } from '../../platform/KeyCaps';
import { snoozesFrom } from '../head/snoozes';
import classes from './Composer.module.css';
import type { DraftKind } from './drafts';
import { sendTimes } from './sendTimes';
import { CHORD_OF, LATER_CHORD, SNOOZE_CHORD, useUsualWay, type Way, WAYS, wayLabel } from './ways';
import { WhenPicker } from './WhenPicker';

export type Menus = 'ways' | 'snooze' | 'later' | null;

export interface Sending {
  way: Way;
  /** Null: until the customer writes. */
  snoozedUntil?: string | null;
  sendAt?: string;
}

interface Props {
  kind: DraftKind;
  busy: boolean;
  ready: boolean;
  /** Which choice stands open. */
  menu: Menus;
  setMenu: (menu: Menus) => void;
  submit: (sending: Sending) => void;
}

export function SendButtons({ kind, busy, ready, menu, setMenu, submit }: Props) {
  const [usual] = useUsualWay();
  const choices = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (menu === null) return;
    // Opened by a key from among the words: the arrows are for the choices from now on.
    const frame = requestAnimationFrame(() => choices.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus());
    return () => cancelAnimationFrame(frame);
  }, [menu]);
  if (kind !== 'reply') {
    return (
      <Button data-send aria-disabled={!ready} data-disabled={!ready || undefined} onClick={() => submit({ way: 'send' })} rightSection={<KeyCaps chord="mod+Enter" />} className={classes.send}>
        {busy ? t('Uploading…') : kind === 'forward' ? t('Forward') : t('Add note')}
      </Button>
    );
  }
  return (
    <Button.Group>
      <Button data-send aria-disabled={!ready} data-disabled={!ready || undefined} onClick={() => submit({ way: usual })} rightSection={<KeyCaps chord="mod+Enter" />} className={classes.send}>
        {busy ? t('Uploading…') : wayLabel(usual)}
      </Button>
      <Menu withinPortal={false} position="top-end" width={320} opened={menu !== null} onChange={(open) => setMenu(open ? (menu ?? 'ways') : null)} returnFocus>
        <Menu.Target>
          <Button px={8} className={classes.sendMore} data-quiet={!ready || undefined} aria-label={t('More ways to send')}>
            <IconChevronDown size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown ref={choices} className={classes.ways}>
          {menu === 'snooze' ? (
            <SnoozeChoices submit={submit} close={() => setMenu(null)} />
          ) : menu === 'later' ? (
            <LaterChoices submit={submit} close={() => setMenu(null)} />
          ) : (
            <WayChoices usual={usual} submit={submit} setMenu={setMenu} />
          )}
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}

function WayChoices({ usual, submit, setMenu }: { usual: Way; submit: Props['submit']; setMenu: Props['setMenu'] }) {
  const navigate = useNavigate();
  return (
    <>
      {WAYS.map((way) => (
        <Menu.Item
          key={way}
          onClick={() => submit({ way })}
          leftSection={way === usual ? <IconCheck size={16} aria-label={t('the usual way')} /> : <span className={classes.noSign} />}
          rightSection={way === usual ? <KeyCaps chord="mod+Enter" /> : way === 'send' ? null : <KeyCaps chord={CHORD_OF[way]} />}
        >
          {wayLabel(way)}
        </Menu.Item>
      ))}
      <Menu.Item
        closeMenuOnClick={false}
        onClick={() => setMenu('snooze')}
        leftSection={<span className={classes.noSign} />}
        rightSection={<KeyCaps chord={SNOOZE_CHORD} />}
      >
        {t('Send and snooze…')}
      </Menu.Item>
      <Menu.Item
        closeMenuOnClick={false}
        onClick={() => setMenu('later')}
        leftSection={<span className={classes.noSign} />}
        rightSection={<KeyCaps chord={LATER_CHORD} />}
      >
        {t('Send later…')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item onClick={() => void navigate({ to: '/settings/$section', params: { section: 'appearance' } })}>
        {t('Usual way, and time to undo…')}
      </Menu.Item>
    </>
  );
}

function SnoozeChoices({ submit, close }: { submit: Props['submit']; close: () => void }) {
  const [picking, setPicking] = useState(false);
  if (picking) {
    return (
      <WhenPicker
        label={t('Snooze until')}
        action={t('Send and snooze')}
        onPick={(snoozedUntil) => {
          close();
          submit({ way: 'send', snoozedUntil });
        }}
      />
    );
  }
  return (
    <>
      <Menu.Label>{t('Send and snooze')}</Menu.Label>
      {snoozesFrom(Date.now()).map((snooze) => (
        <Menu.Item
          key={snooze.id}
          onClick={() => submit({ way: 'send', snoozedUntil: snooze.until })}
          rightSection={<span className={classes.attachableSize}>{snooze.when}</span>}
        >
          {snooze.label}
        </Menu.Item>
      ))}
      <Menu.Item closeMenuOnClick={false} onClick={() => setPicking(true)}>
        {t('Pick a time…')}
      </Menu.Item>
    </>
  );
}

function LaterChoices({ submit, close }: { submit: Props['submit']; close: () => void }) {
  const [picking, setPicking] = useState(false);
  if (picking) {
    return (
      <WhenPicker
        label={t('Send at')}
        action={t('Schedule')}
        onPick={(sendAt) => {
          close();
          submit({ way: 'send', sendAt });
        }}
      />
    );
  }
  return (
    <>
      <Menu.Label>{t('Send later')}</Menu.Label>
      {sendTimes(Date.now()).map((time) => (
        <Menu.Item
          key={time.at}
          onClick={() => submit({ way: 'send', sendAt: time.at })}
          rightSection={<span className={classes.attachableSize}>{time.when}</span>}
        >
          {time.label}
        </Menu.Item>
      ))}
      <Menu.Item closeMenuOnClick={false} onClick={() => setPicking(true)}>
        {t('Pick a time…')}
      </Menu.Item>
    </>
  );
}
