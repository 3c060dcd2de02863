import { useSyncExternalStore } from 'react';
import type { Instant } from '../../api/types';

export type PresenceState = 'online' | 'away' | 'off';

/** Whether somebody can be counted on now; `availability` is what they chose, `until` when that ends by itself. */
export interface AgentPresence {
  agentId: number;
  presence: PresenceState;
  availability: PresenceState;
  until: Instant | null;
}

export type Doing = 'reading' | 'noting' | 'replying';

export interface Somebody {
  agentId: number;
  doing: Doing;
}

/** The whole replaces what was known; otherwise only what changed is named, without people where all have left. */
export interface CompanyFrame {
  type: 'company';
  whole: boolean;
  agents: AgentPresence[];
  conversations: { conversationId: number; people: Somebody[] }[];
}

const NOBODY: Somebody[] = [];

let agents: ReadonlyMap<number, AgentPresence> = new Map();
let conversations: ReadonlyMap<number, Somebody[]> = new Map();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function takeCompany(frame: CompanyFrame): void {
  const nextAgents = new Map(frame.whole ? [] : agents);
  for (const each of frame.agents) nextAgents.set(each.agentId, each);
  const nextConversations = new Map(frame.whole ? [] : conversations);
  for (const { conversationId, people } of frame.conversations) {
    if (people.length === 0) nextConversations.delete(conversationId);
    else nextConversations.set(conversationId, people);
  }
  agents = nextAgents;
  conversations = nextConversations;
  listeners.forEach((each) => each());
}

/** The line is down: who is where is not known any more. */
export function forgetCompany(): void {
  takeCompany({ type: 'company', whole: true, agents: [], conversations: [] });
}

export function presenceOf(agentId: number): AgentPresence | undefined {
  return agents.get(agentId);
}

/** Undefined while nothing is known of anybody, as without a line. */
export function usePresenceOf(agentId: number): PresenceState | undefined {
  return useSyncExternalStore(subscribe, () => (agents.size === 0 ? undefined : (agents.get(agentId)?.presence ?? 'off')));
}

export function useAgentPresence(agentId: number): AgentPresence | undefined {
  return useSyncExternalStore(subscribe, () => agents.get(agentId));
}

/** For lists of many: the same map until somebody comes, goes or changes. */
export function usePresences(): ReadonlyMap<number, AgentPresence> {
  return useSyncExternalStore(subscribe, () => agents);
}

/** Everybody at a conversation, oneself too. */
export function usePeopleAt(conversationId: number): Somebody[] {
  return useSyncExternalStore(subscribe, () => conversations.get(conversationId) ?? NOBODY);
}
