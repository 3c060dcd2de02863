/**
 * The shapes of the REST contract, in one place. Once `npm run api` has written schema.d.ts, each of these
 * becomes an alias of `components['schemas'][…]`; nothing else in the desk names the wire.
 */

/** ISO-8601, UTC. */
export type Instant = string;

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  errors?: { field: string; message: string }[];
}

export type Role = 'owner' | 'lead' | 'agent';

export type Permission =
  | 'conversations:read'
  | 'conversations:reply'
  | 'conversations:change'
  | 'brands:manage'
  | 'agents:manage'
  | 'tokens:manage'
  | 'audit:read'
  | 'metrics:read'
  | 'installation:manage';

export interface Agent {
  id: number;
  name: string;
  email: string;
  title: string | null;
  role: Role;
  active: boolean;
  demo: boolean;
  createdAt: Instant;
  lastSeenAt: Instant | null;
  joined: boolean;
}

export interface Session {
  agent: Agent;
  permissions: Permission[];
}

export interface Invitation {
  email: string | null;
  name: string | null;
  role: Role;
  purpose: 'setup' | 'invitation' | 'reset';
  expiresAt: Instant;
}

export interface InvitationLink {
  invitationUrl: string;
  expiresAt: Instant;
}

export interface InvitedAgent extends InvitationLink {
  agent: Agent;
}

export interface ApiToken {
  id: number;
  name: string;
  scopes: Permission[];
  createdAt: Instant;
  expiresAt: Instant | null;
  lastUsedAt: Instant | null;
}

export interface CreatedApiToken extends ApiToken {
  token: string;
}

export interface Mailbox {
  id: number;
  brandId: number;
  address: string;
}

export interface Brand {
  id: number;
  name: string;
  address: string | null;
  fromName: string | null;
  color: string;
  timeZone: string;
  signature: string | null;
}

export type Status = 'open' | 'waiting' | 'snoozed' | 'resolved' | 'spam';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';
export type View = 'mine' | 'unassigned' | 'open' | 'waiting' | 'snoozed' | 'resolved' | 'spam' | 'all';

export interface Tag {
  id: number;
  name: string;
  color: string;
}

export interface AgentRef {
  id: number;
  name: string;
}

/** A snippet and the UTF-16 offsets in it that answer the search. */
export interface Match {
  text: string;
  marks: [number, number][];
}

export interface ConversationRow {
  id: number;
  number: number;
  brandId: number;
  subject: string | null;
  status: Status;
  priority: Priority;
  assignee: AgentRef | null;
  tags: Tag[];
  customer: { id: number; name: string | null; address: string | null };
  preview: string | null;
  lastMessageAt: Instant;
  lastDirection: 'inbound' | 'outbound' | 'note';
  channel: 'email';
  messageCount: number;
  createdAt: Instant;
  waitingSince: Instant | null;
  snoozedUntil: Instant | null;
  deliveryProblem: boolean;
  demo: boolean;
  match: Match | null;
}

export interface LinkedConversation {
  id: number;
  number: number;
  subject: string | null;
  status: Status;
  relation: 'continues' | 'continuedBy' | 'claims' | 'claimedBy';
}

export interface Conversation extends ConversationRow {
  linked: LinkedConversation[];
  reachable: { channel: 'email'; address: string }[];
  draft: { html: string; updatedAt: Instant } | null;
  brand: { id: number; name: string; color: string };
}

export type Counters = Record<'mine' | 'unassigned' | 'open' | 'waiting' | 'snoozed' | 'spam', number>;

export interface MailAddress {
  name: string | null;
  address: string | null;
}

export interface Attachment {
  id: number;
  name: string;
  contentType: string;
  size: number;
  inline: boolean;
  url: string;
}

export interface Delivery {
  state: 'queued' | 'sending' | 'sent' | 'deferred' | 'failed' | 'withheld';
  detail: string | null;
  attempts: number;
  updatedAt: Instant;
  nextAttemptAt: Instant | null;
  undoableUntil: Instant | null;
}

export interface Message {
  id: number;
  conversationId: number;
  direction: 'inbound' | 'outbound' | 'note';
  channel: 'email';
  kind: 'message' | 'auto_reply' | 'bounce' | 'list';
  from: MailAddress;
  to: MailAddress[];
  cc: MailAddress[];
  agent: AgentRef | null;
  subject: string | null;
  text: string | null;
  ownText: string | null;
  html: string | null;
  attachments: Attachment[];
  receivedAt: Instant;
  delivery: Delivery | null;
  unverified: boolean;
  remoteImages: number;
  problem: string | null;
  hasOriginal: boolean;
}

export interface ConversationEvent {
  id: number;
  name: string;
  at: Instant;
  actor: { kind: 'agent' | 'customer' | 'system'; name: string | null };
  detail: Record<string, unknown> | null;
}

export interface Upload {
  id: number;
  name: string;
  contentType: string;
  size: number;
}

export interface Identity {
  id: number;
  kind: 'email';
  value: string;
  verified: boolean;
}

export interface Customer {
  id: number;
  brandId: number;
  name: string | null;
  address: string | null;
  demo: boolean;
  createdAt: Instant;
}

export interface CustomerWithIdentities extends Customer {
  identities: Identity[];
}

export interface PastConversation {
  id: number;
  number: number;
  subject: string | null;
  status: Status;
  lastMessageAt: Instant;
}

export interface CustomerPanel {
  customer: CustomerWithIdentities;
  parts: { conversations: { total: number; items: PastConversation[] } };
}

export interface Installation {
  version: string;
  demo: boolean;
  publicUrl: string;
  mail: {
    smtpHost: string;
    smtpPort: number;
    acceptsAnyAddress: boolean;
    relay: string | null;
    oldestWaiting: Instant | null;
  };
  progress: {
    brandNamed: boolean;
    firstMailReceived: boolean;
    firstReplySent: boolean;
    teamInvited: boolean;
  };
}

export interface AuditEntry {
  id: string;
  name: string;
  at: Instant;
  actor: { kind: string; name: string | null };
  conversationId: number | null;
  detail: Record<string, unknown> | null;
}

export interface Fact {
  type: 'fact';
  cursor: string;
  name: string;
  conversationId: number | null;
  messageId: number | null;
  customerId: number | null;
  agentId: number | null;
  at: Instant;
}
