import { t, useLanguage } from '../platform/i18n';
import '../platform/mantine-forms.css';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense } from 'react';
import { FieldsSettings } from '../customers/FieldsSettings';
import { BrandsSettings } from '../brands/BrandsSettings';
import { SendingDomains } from '../channels/email/SendingDomains';
import { MailboxesSettings } from '../channels/email/MailboxesSettings';
import { AuditList } from '../installation/AuditList';
import { InstallationSettings } from '../installation/InstallationSettings';
import { StatusSettings } from '../installation/StatusSettings';
import { Bone } from '../platform/Bone';
import { useCommands } from '../platform/commands';
import { Refusal } from '../platform/http';
import { patiently } from '../platform/patiently';
import { Boundary, Trouble } from '../platform/Trouble';
import { usePhone } from '../platform/usePhone';
import { PeopleSettings } from '../staff/PeopleSettings';
import { ProfileSettings } from '../staff/ProfileSettings';
import { SecuritySettings } from '../staff/security/SecuritySettings';
import { RolesSettings } from '../staff/RolesSettings';
import { useSession } from '../staff/session';
import { TeamsSettings } from '../staff/TeamsSettings';
import { TokensSettings } from '../staff/TokensSettings';
import { NotificationSettings } from '../conversations/notifications/NotificationSettings';
import { LibrarySettings } from '../conversations/LibrarySettings';
import { TagsSettings } from '../conversations/TagsSettings';
import { TrustedSenders } from '../conversations/TrustedSenders';
import { lastView } from '../conversations/views';
import { AppearanceSettings } from './AppearanceSettings';
import { KeyboardSettings } from './KeyboardSettings';
import { SECTIONS } from './sections';
import classes from './Settings.module.css';

const ShopsSettings = lazy(() => patiently(() => import('../commerce/ShopsSettings')));
const WebhooksSettings = lazy(() => patiently(() => import('../platform/webhooks/WebhooksSettings')));

const CONTENTS: Record<string, ComponentType> = {
  profile: ProfileSettings,
  notifications: NotificationSettings,
  appearance: AppearanceSettings,
  keyboard: KeyboardSettings,
  security: SecuritySettings,
  tokens: TokensSettings,
  brands: BrandsSettings,
  domains: SendingDomains,
  mailboxes: MailboxesSettings,
  shops: ShopsSettings,
  people: PeopleSettings,
  teams: TeamsSettings,
  roles: RolesSettings,
  tags: TagsSettings,
  fields: FieldsSettings,
  library: LibrarySettings,
  pictures: TrustedSenders,
  webhooks: WebhooksSettings,
  installation: InstallationSettings,
  status: StatusSettings,
  audit: AuditList,
};

/** On a phone the sections stand in one row that scrolls. */
function intoView(link: HTMLAnchorElement | null): void {
  link?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

export function SettingsPage() {
  useLanguage();
  const { section } = useParams({ from: '/desk/settings/$section' });
  const { may } = useSession();
  const phone = usePhone();
  const navigate = useNavigate();
  const allowed = SECTIONS.filter((each) => !each.needs || may(each.needs));
  const current = allowed.find((each) => each.section === section);
  const Content = CONTENTS[section];
  const back = () => void navigate({ to: '/inbox/$view', params: { view: lastView() } });

  useCommands([{ id: 'to-inbox', label: t('Back to the inbox'), group: 'Go to', chord: 'u', icon: <IconArrowLeft size={16} />, run: back }]);

  return (
    <div className={classes.page}>
      <nav className={classes.nav} aria-label={t('Settings')}>
        <Link to="/inbox/$view" params={{ view: lastView() }} className={classes.back}>
          <IconArrowLeft size={18} aria-hidden /> {phone ? <span className="visually-hidden">{t('Inbox')}</span> : t('Inbox')}
        </Link>
        {(['You', 'The desk'] as const).map((group) => (
          <div key={group} className={classes.group}>
            <h2 className={classes.groupName}>{group === 'You' ? t('You') : t('The desk')}</h2>
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
          {current && Content ? (
            <Boundary what={t('these settings')} resetKey={section}>
              <h1 className={classes.title}>{current.label}</h1>
              <Suspense fallback={<Bone width="100%" height={240} />}>
                <Content />
              </Suspense>
            </Boundary>
          ) : (
            <Trouble error={new Refusal(404, {}, null)} what={t('these settings')} alone />
          )}
        </div>
      </main>
    </div>
  );
}
