import '../platform/mantine-forms.css';
import {
  IconArrowLeft,
  IconBuildingStore,
  IconKey,
  IconListSearch,
  IconPalette,
  IconServer,
  IconUser,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { Permission } from '../api/types';
import { BrandsSettings } from '../brands/BrandsSettings';
import { AuditList } from '../installation/AuditList';
import { InstallationSettings } from '../installation/InstallationSettings';
import { type Command, useCommands } from '../platform/commands';
import { Refusal } from '../platform/http';
import { Boundary, Trouble } from '../platform/Trouble';
import { usePhone } from '../platform/usePhone';
import { PeopleSettings } from '../staff/PeopleSettings';
import { ProfileSettings } from '../staff/ProfileSettings';
import { useSession } from '../staff/session';
import { TokensSettings } from '../staff/TokensSettings';
import { lastView } from '../conversations/views';
import { AppearanceSettings } from './AppearanceSettings';
import classes from './Settings.module.css';

interface Section {
  section: string;
  label: string;
  Icon: Icon;
  Content: ComponentType;
  needs?: Permission;
  group: 'You' | 'The desk';
}

const SECTIONS: Section[] = [
  { section: 'profile', label: 'Profile', Icon: IconUser, Content: ProfileSettings, group: 'You' },
  { section: 'appearance', label: 'Appearance', Icon: IconPalette, Content: AppearanceSettings, group: 'You' },
  { section: 'tokens', label: 'API tokens', Icon: IconKey, Content: TokensSettings, needs: 'tokens:manage', group: 'You' },
  { section: 'brands', label: 'Brands', Icon: IconBuildingStore, Content: BrandsSettings, needs: 'brands:manage', group: 'The desk' },
  { section: 'people', label: 'People', Icon: IconUsers, Content: PeopleSettings, group: 'The desk' },
  {
    section: 'installation',
    label: 'Installation',
    Icon: IconServer,
    Content: InstallationSettings,
    needs: 'installation:manage',
    group: 'The desk',
  },
  { section: 'audit', label: 'Audit', Icon: IconListSearch, Content: AuditList, needs: 'audit:read', group: 'The desk' },
];

/** On a phone the sections stand in one row that scrolls. */
function intoView(link: HTMLAnchorElement | null): void {
  link?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

export function SettingsPage() {
  const { section } = useParams({ from: '/desk/settings/$section' });
  const { may } = useSession();
  const phone = usePhone();
  const navigate = useNavigate();
  const allowed = SECTIONS.filter((each) => !each.needs || may(each.needs));
  const current = allowed.find((each) => each.section === section);
  const back = () => void navigate({ to: '/inbox/$view', params: { view: lastView() } });

  useCommands([
    { id: 'to-inbox', label: 'Back to the inbox', group: 'Go to', chord: 'u', icon: <IconArrowLeft size={16} />, run: back },
    ...allowed.map<Command>((each) => ({
      id: `settings-${each.section}`,
      label: `Settings: ${each.label}`,
      group: 'Go to',
      icon: <each.Icon size={16} />,
      run: () => void navigate({ to: '/settings/$section', params: { section: each.section } }),
    })),
  ]);

  return (
    <div className={classes.page}>
      <nav className={classes.nav} aria-label="Settings">
        <Link to="/inbox/$view" params={{ view: lastView() }} className={classes.back}>
          <IconArrowLeft size={18} aria-hidden /> {phone ? <span className="visually-hidden">Inbox</span> : 'Inbox'}
        </Link>
        {(['You', 'The desk'] as const).map((group) => (
          <div key={group} className={classes.group}>
            <h2 className={classes.groupName}>{group}</h2>
            <ul className={classes.links}>
              {allowed
                .filter((each) => each.group === group)
                .map((each) => (
                  <li key={each.section}>
                    <Link
                      to="/settings/$section"
                      params={{ section: each.section }}
                      className={classes.link}
                      aria-current={each === current ? 'page' : undefined}
                      ref={each === current ? intoView : undefined}
                    >
                      <each.Icon size={18} aria-hidden /> {each.label}
                    </Link>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </nav>
      <main id="main" tabIndex={-1} className={classes.main}>
        <div className={classes.content}>
          {current ? (
            <Boundary what="these settings" resetKey={section}>
              <h1 className={classes.title}>{current.label}</h1>
              <current.Content />
            </Boundary>
          ) : (
            <Trouble error={new Refusal(404, {}, null)} what="these settings" />
          )}
        </div>
      </main>
    </div>
  );
}
