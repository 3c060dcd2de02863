import { Menu } from '@mantine/core';
import { IconEye, IconEyeCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCommands } from '../../platform/commands';
import { reasonOf } from '../../platform/http';
import { plural, t } from '../../platform/i18n';
import { IconAction } from '../../platform/IconAction';
import { toast, toastProblem } from '../../platform/toasts';
import { usePhone } from '../../platform/usePhone';
import { AgentFace } from '../../staff/AgentFace';
import { useSession } from '../../staff/session';
import classes from './FollowButton.module.css';
import { follow, followersQuery } from './queries';

/** Whether I follow the conversation, and who else does. */
export function FollowButton({ conversationId }: { conversationId: number }) {
  const { agent } = useSession();
  const phone = usePhone();
  const { data } = useQuery(followersQuery(conversationId));
  const followers = data?.items ?? [];
  const following = followers.some((each) => each.id === agent.id);
  const set = (next: boolean) =>
    follow(conversationId, { id: agent.id, name: agent.name, since: new Date().toISOString() }, next).then(
      () =>
        toast(next ? t('You follow this conversation') : t('You no longer follow it'), {
          action: { label: t('Undo'), chord: 'z', run: () => void set(!next) },
        }),
      (error: unknown) => toastProblem(reasonOf(error)),
    );
  const label = following ? t('Stop following') : t('Follow');
  useCommands([
    {
      id: 'follow',
      label: following ? t('Stop following this conversation') : t('Follow this conversation'),
      group: 'Conversation',
      chord: 'w',
      words: t('watch notify subscribe'),
      icon: following ? <IconEyeCheck size={16} /> : <IconEye size={16} />,
      run: () => void set(!following),
    },
  ]);
  const sign = following ? <IconEyeCheck size={18} /> : <IconEye size={18} />;
  if (followers.length === 0) {
    return (
      <IconAction label={label} chord="w" size={phone ? 44 : 32} onClick={() => void set(true)}>
        {sign}
      </IconAction>
    );
  }
  const many = plural(followers.length, '{n} follows', '{n} follow');
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <IconAction label={following ? t('You follow this; {many}', { many }) : many} chord="w" size={phone ? 44 : 32} className={classes.button}>
          {sign}
          <span className={classes.count} aria-hidden>
            {followers.length}
          </span>
        </IconAction>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={sign} onClick={() => void set(!following)}>
          {label}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('Who follows')}</Menu.Label>
        {followers.map((each) => (
          <Menu.Item key={each.id} disabled className={classes.person} leftSection={<AgentFace agent={each} size={20} />}>
            <span className={`truncate ${classes.name}`} dir="auto">
              {each.name}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
