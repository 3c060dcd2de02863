import type { components } from './schema';

type Schemas = components['schemas'];

/** The server names every field of an answer; what is absent is null, never left out. */
type Answer<T> = T extends readonly (infer E)[] ? Answer<E>[] : T extends object ? { [K in keyof T]-?: Answer<T[K]> } : T;

/** ISO-8601, UTC. */
export type Instant = string;

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Refused input also says which fields are meant, and why. */
export type ProblemBody = Schemas['Problem'] & { errors?: { field: string; message: string }[] };

export type Agent = Answer<Schemas['Agent']>;
export type RoleEntry = Answer<Schemas['Role']>;
export type Team = Answer<Schemas['Team']>;
export type Sees = Agent['sees'];
export type KeyMap = Answer<Schemas['KeyMap']>;
export type Session = Answer<Schemas['Session']>;
export type OpenSession = Answer<Schemas['OpenSession']>;
export type SecondStep = Answer<Schemas['SecondStep']>;
export type OwnSignIn = Answer<Schemas['OwnSignIn']>;
export type AppSetup = Answer<Schemas['AppSetup']>;
export type RecoveryCodes = Answer<Schemas['RecoveryCodes']>;
export type SignInPolicy = Answer<Schemas['SignInPolicy']>;
export type IdentityProvider = Answer<Schemas['IdentityProvider']>;
export type OfferedIdentityProvider = Answer<Schemas['OfferedIdentityProvider']>;
export type OwnIdentityProvider = Answer<Schemas['OwnIdentityProvider']>;
export type Passkey = Answer<Schemas['Passkey']>;
export type PasskeyChallenge = Answer<Schemas['PasskeyChallenge']>;
export type PasskeyRegistration = Answer<Schemas['PasskeyRegistration']>;
export type Permission = Session['permissions'][number];
export type Invitation = Answer<Schemas['Invitation']>;
export type InvitationLink = Answer<Schemas['InvitationLink']>;
export type InvitedAgent = Answer<Schemas['Invited']>;
export type ApiToken = Answer<Schemas['Token']>;
export type CreatedApiToken = Answer<Schemas['CreatedToken']>;

export type Brand = Answer<Schemas['Brand']>;
export type BrandChange = Schemas['BrandChange'];
export type Mailbox = Answer<Schemas['Mailbox']>;
export type BrandSignature = Answer<Schemas['BrandSignature']>;
export type OwnSignature = Answer<Schemas['OwnSignature']>;
export type SignaturePreview = Answer<Schemas['SignaturePreview']>;
export type MailAccount = Answer<Schemas['MailAccount']>;
export type MailServer = Answer<Schemas['MailServer']>;
export type MailPresets = Answer<Schemas['MailPresets']>;
export type ConnectionResult = Answer<Schemas['ConnectionResult']>;

export type MailDomain = Answer<Schemas['MailDomain']>;
export type DomainCheck = MailDomain['checks'][number];

export type SearchSuggestion = Answer<Schemas['SearchSuggestion']>;
export type SearchMeaning = Answer<Schemas['SearchMeaning']>;
export type ConversationRow = Answer<Schemas['ConversationRow']>;
export type Conversation = Omit<Answer<Schemas['ConversationDetail']>, 'fields'> & { fields: FieldValues };
export type Status = ConversationRow['status'];
export type Priority = ConversationRow['priority'];
export type View =
  | 'mine'
  | 'unassigned'
  | 'teams'
  | 'following'
  | 'open'
  | 'waiting'
  | 'snoozed'
  | 'resolved'
  | 'drafts'
  | 'scheduled'
  | 'spam'
  | 'all';
export type Tag = Answer<Schemas['Tag']>;
/** A tag as it is looked after. */
export type TagEntry = Answer<Schemas['TagEntry']>;
export type AgentRef = Answer<Schemas['Assignee']>;
/** A snippet and the UTF-16 offsets in it, each a start and an end, that answer the search. */
export type Match = Answer<Schemas['Match']>;
export type LinkedConversation = Answer<Schemas['LinkedConversation']>;
export type Counters = Answer<Schemas['ConversationCounters']>;
/** `key` names one of the shop's own fields, for `custom` and `customerCustom`. */
export type Condition = Omit<Answer<Schemas['Condition']>, 'key'> & { key?: string | null };
export type SavedView = Omit<Answer<Schemas['View']>, 'conditions'> & { conditions: Condition[] };
export type ViewSort = SavedView['sort'];
export type BulkAction = Schemas['BulkAction'];
export type BulkSelection = Schemas['BulkSelection'];
export type BulkChange = Answer<Schemas['BulkChange']>;

export type MailAddress = Answer<Schemas['Correspondent']>;
export type Attachment = Answer<Schemas['Attachment']>;
export type Delivery = Answer<Schemas['DeliveryStatus']>;
export type Message = Answer<Schemas['Message']>;
export type Authentication = Answer<Schemas['Authentication']>;
export type TrustedSender = Answer<Schemas['TrustedSender']>;
export type ConversationEvent = Answer<Schemas['ConversationEvent']>;
export type LibraryFile = Answer<Schemas['LibraryFile']>;
export type Draft = Answer<Schemas['Draft']>;
export type DraftRow = Answer<Schemas['DraftRow']>;
export type Upload = Answer<Schemas['Upload']>;
export type WithdrawnReply = Answer<Schemas['WithdrawnReply']>;

export type CustomField = Answer<Schemas['CustomField']>;
/** By the keys of the shop's own fields; their kinds say what each is. */
export type FieldValues = Record<string, FieldValue>;
export type FieldValue = string | number | boolean | string[];

export type Identity = Answer<Schemas['Identity']>;
export type Customer = Answer<Schemas['Customer']>;

export interface PastConversation {
  id: number;
  number: number;
  subject: string;
  status: Status;
  lastMessageAt: Instant;
}

export type DuplicatePair = Answer<Schemas['DuplicatePair']>;
type Pair = DuplicatePair;

/** Somebody who may be the same as the customer of the panel. */
export interface Duplicate extends Pick<Pair, 'evidence' | 'strength' | 'foundAt'> {
  customer: Pair['first'];
}

/** Somebody who is part of the customer of the panel now. */
export interface PastMerge {
  /** Of the merge, to be undone. */
  id: number;
  mergedId: number;
  name: string | null;
  address: string | null;
  agentId: number | null;
  mergedAt: Instant;
}

export type OrderRow = Answer<Schemas['OrderRow']>;
/** Named options stay as they are: a map has no fields. */
export type Order = Omit<Answer<Schemas['OrderDetail']>, 'variants'> & { variants: Record<string, Variant[]> };
export type Variant = Answer<Schemas['ProductVariant']>;
export type OrderAction = Answer<Schemas['OrderAction']>;
export type OrderDecision = Answer<Schemas['OrderDecision']>;
export type Parcel = Answer<Schemas['Parcel']>;
export type ParcelState = Parcel['state'];
export type ShopAction = Schemas['OrderActionRequest']['action'];
export type Shop = Answer<Schemas['Shop']>;
export type ShopKind = Answer<Schemas['ShopKind']>;
export type OrderPolicy = Answer<Schemas['OrderPolicy']>;

/** Each room adds its part, so the API's description leaves them open; these are the ones the desk shows. */
export interface CustomerPanel {
  customer: Answer<Schemas['CustomerWithIdentities']>;
  parts: {
    conversations: { total: number; items: PastConversation[] };
    fields: FieldValues;
    orders: { items: OrderRow[]; spent: { currency: string; total: number; orders: number }[] };
    samePerson: { duplicates: Duplicate[]; merges: PastMerge[] };
  };
}

export type Backup = Answer<Schemas['Backup']>;
export type BackupPlan = Answer<Schemas['BackupPlan']>;
export type Installation = Answer<Schemas['Installation']>;
export type InstallationStatus = Answer<Schemas['InstallationStatus']>;
export type StatusCheck = Answer<Schemas['StatusCheck']>;
export type Webhook = Answer<Schemas['Webhook']>;
export type WebhookWithSecret = Answer<Schemas['WebhookWithSecret']>;
export type WebhookEventType = Answer<Schemas['WebhookEventType']>;
export type WebhookDelivery = Answer<Schemas['WebhookDelivery']>;
export type WebhookTrial = Answer<Schemas['WebhookTrial']>;
export type AuditEntry = Answer<Schemas['AuditEntry']>;

/** Over the live connection, where absent values are left out. */
export interface Fact {
  type: 'fact';
  cursor: string;
  name: string;
  conversationId?: number;
  messageId?: number;
  customerId?: number;
  agentId?: number;
  at: Instant;
}
