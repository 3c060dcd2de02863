import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Fact } from '../../api/types';
import { keys } from '../queries';

const MESSAGE_FACTS = /^(Message|Reply|Note|OwnText|ConversationsMerged|ConversationMergeUndone|ConversationSplit)/;

/** What a batch of facts makes stale besides conversations themselves. Each key once, however many facts name it. */
export function staleAfter(facts: Fact[]): QueryKey[] {
  const stale = new Map<string, QueryKey>();
  const add = (key: QueryKey) => stale.set(JSON.stringify(key), key);
  for (const fact of facts) {
    if (fact.name === 'NotificationsChanged') add(keys.notifications);
    if (/^Conversation(Unf|F)ollowed$/.test(fact.name) && fact.conversationId !== undefined) {
      add(keys.followers(fact.conversationId));
      add(keys.list({ view: 'following' }));
    }
    if (fact.name === 'ConversationTagged') add(keys.tags);
    if (fact.name === 'CustomFieldSaved') add(keys.fields);
    if (/^Tag/.test(fact.name)) {
      add(keys.tags);
      add(keys.lists);
      add(keys.views);
      add(['conversation']);
    }
    if (fact.customerId !== undefined) add(keys.customer(fact.customerId));
    if (/^(Demo|PersonErased)/.test(fact.name)) add([]);
    if (/^(Order|Parcel)/.test(fact.name)) add(['order']);
    if (/^Shop/.test(fact.name)) add(keys.shops);
    if (/^(Brand|Mailbox)/.test(fact.name)) {
      add(keys.brands);
      add(keys.mailboxes);
    }
    if (/^MailAccount/.test(fact.name)) add(keys.mailAccounts);
    if (/^(Agent|Role|Team)/.test(fact.name)) add(keys.agents);
    if (/^Role/.test(fact.name)) add(keys.roles);
    if (/^(Role|Agent)Changed/.test(fact.name)) add(keys.session);
    if (fact.name === 'AgentChanged') add(keys.ownKeys);
    if (/^Team/.test(fact.name)) {
      add(keys.teams);
      add(keys.counters);
    }
    if (/^View(Saved|Removed)/.test(fact.name)) {
      add(keys.views);
      add(keys.lists);
      add(keys.counters);
    }
    if (/^TrustedSender/.test(fact.name)) {
      add(keys.trustedSenders);
      add(keys.everyMessage);
    }
    if (/^(Signature|Brand|Agent)/.test(fact.name)) add(keys.signatures);
    if (/^(MessageReceived|ReplySent|ReplyQueued|ReplyDeferred|Brand|Agent|Demo)/.test(fact.name)) add(keys.installation);
  }
  return [...stale.values()];
}

const GATHER_MS = 150;

/** Gathers a burst of facts, so that fifty mails at once mean one refetch, not fifty. */
export class FactGatherer {
  private waiting: Fact[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: QueryClient,
    private readonly rows: { touch: (conversationId: number, messages: boolean) => void; touchCustomer: (customerId: number) => void },
    private readonly afterwards: (facts: Fact[]) => void,
  ) {}

  add(fact: Fact): void {
    if (fact.conversationId !== undefined) this.rows.touch(fact.conversationId, MESSAGE_FACTS.test(fact.name));
    else if (fact.customerId !== undefined) this.rows.touchCustomer(fact.customerId);
    this.waiting.push(fact);
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = [];
  }

  private flush(): void {
    const facts = this.waiting;
    this.stop();
    for (const key of staleAfter(facts)) void this.client.invalidateQueries({ queryKey: key });
    this.afterwards(facts);
  }
}
