import { plural, t } from '../../platform/i18n';
import { type Doing, type Somebody, usePeopleAt } from '../../platform/live/company';
import { useAgents, useSession } from '../../staff/session';

export interface Colleague {
  id: number;
  name: string;
  doing: Doing;
}

const RANK: Record<Doing, number> = { replying: 0, noting: 1, reading: 2 };

/** The others at a conversation, those who write first. */
export function useColleaguesAt(conversationId: number): Colleague[] {
  const people = usePeopleAt(conversationId);
  const { agent: me } = useSession();
  const agents = useAgents();
  if (people.length === 0) return NOBODY;
  return people
    .filter((one: Somebody) => one.agentId !== me.id)
    .map((one) => ({ id: one.agentId, name: agents.find((each) => each.id === one.agentId)?.name ?? t('A colleague'), doing: one.doing }))
    .sort((a, b) => RANK[a.doing] - RANK[b.doing] || a.name.localeCompare(b.name));
}

const NOBODY: Colleague[] = [];

export function doingWords({ name, doing }: Colleague): string {
  switch (doing) {
    case 'replying':
      return t('{name} is writing an answer', { name });
    case 'noting':
      return t('{name} is writing a note', { name });
    case 'reading':
      return t('{name} is reading', { name });
  }
}

/** "Tom is writing an answer, Mia is reading", and of many only how many. */
export function companyWords(people: Colleague[]): string {
  const named = people.slice(0, 2).map(doingWords).join(', ');
  const more = people.length - 2;
  return more > 0 ? `${named}, ${plural(more, '{n} more is here', '{n} more are here')}` : named;
}
