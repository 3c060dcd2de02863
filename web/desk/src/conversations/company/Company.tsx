import { IconEye, IconPencil } from '@tabler/icons-react';
import { AgentFace } from '../../staff/AgentFace';
import { t } from '../../platform/i18n';
import classes from './Company.module.css';
import { companyWords, doingWords, useColleaguesAt } from './people';

const MOST_FACES = 5;

/** In the head of a conversation: who else is here, and what they do. */
export function CompanyHere({ conversationId }: { conversationId: number }) {
  const people = useColleaguesAt(conversationId);
  if (people.length === 0) return null;
  const words = companyWords(people);
  return (
    <div className={classes.here} role="group" aria-label={t('Also here')} title={people.map(doingWords).join('\n')}>
      <span className={classes.faces}>
        {people.slice(0, MOST_FACES).map((one) => (
          <AgentFace key={one.id} agent={one} size={20} still />
        ))}
      </span>
      <span className={`truncate ${classes.words}`} data-writing={people[0]?.doing !== 'reading' || undefined} dir="auto">
        {words}
      </span>
    </div>
  );
}

/** In a row of the list: an eye or a pencil, with the names on hover. */
export function CompanySign({ conversationId }: { conversationId: number }) {
  const people = useColleaguesAt(conversationId);
  if (people.length === 0) return null;
  const words = companyWords(people);
  const writing = people[0]?.doing !== 'reading';
  const Icon = writing ? IconPencil : IconEye;
  return (
    <span className={classes.sign} data-writing={writing || undefined} title={words}>
      <Icon size={14} aria-hidden />
      <span className="visually-hidden">{words}. </span>
    </span>
  );
}

/** Above the words being written: somebody else writes to the same customer. The region stands always, so that it is heard. */
export function CompanyWarning({ conversationId }: { conversationId: number }) {
  const writing = useColleaguesAt(conversationId).filter((one) => one.doing === 'replying');
  return (
    <p role="status" className={classes.warning}>
      {writing.length > 0 && (
        <>
          <IconPencil size={16} aria-hidden />
          {t('{who} to this customer, too.', { who: companyWords(writing) })}
        </>
      )}
    </p>
  );
}
