/**
 * What happened in a company: the facts that its reports count. Times are in milliseconds since 1970 UTC, lengths of
 * time in milliseconds. A list is in the order of its times.
 */
export interface Facts {
  readonly chats: readonly ChatFact[];
  readonly visits: readonly VisitFact[];
  readonly statuses: readonly StatusFact[];
  readonly invitations: readonly InvitationFact[];
  readonly offlineMessages: readonly OfflineMessageFact[];
  readonly conversions: readonly ConversionFact[];
  readonly botChats: readonly BotChatFact[];
}

/** What became of a request for a chat. Those that agents missed were `abandoned`, or `switched` to an offline message. */
export type Outcome = 'waiting' | 'chat' | 'abandoned' | 'switched' | 'refused';

/** An option that was selected in a form: the id of the field, and the text of the option. */
export type Answer = readonly [field: number, option: string];

/** A request for a chat, and the chat if there was one. */
export interface ChatFact {
  readonly id: string;
  /** When the visitor asked for it. */
  readonly time: number;
  readonly outcome: Outcome;
  /** How long the visitor waited: until an agent answered or refused, or the visitor left. Absent while it goes on. */
  readonly wait?: number;
  /** Whether the visitor waited in a queue, because the agents had as many chats as they can have. */
  readonly isQueued: boolean;
  /** When the chat ended. Absent while it goes on, and where there was none. */
  readonly end?: number;
  readonly campaign: number;
  /** The department that it is with, after all transfers. */
  readonly department?: number;
  /** The agent who has it, or had it last. */
  readonly agent?: number;
  /** Who had it before a transfer, in order. */
  readonly earlier?: readonly Stage[];
  /** The agent whom alone it was routed to. Absent where it was routed to a department, or to all. */
  readonly routedTo?: number;
  readonly visitor: string;
  readonly visitorSegment?: number;
  /** The address of the page where the visitor asked for it. */
  readonly page: string;
  readonly source: 'visitor' | 'manual' | 'auto';
  readonly agentMessages: number;
  readonly visitorMessages: number;
  /** How often an agent responded to a message of the visitor, and how long all of it took. */
  readonly responses: number;
  readonly responseTime: number;
  readonly isLastByAgent: boolean;
  /** The ids of the canned messages that the agent sent, one for each time. */
  readonly cannedMessages?: readonly number[];
  /** From 1 to 5. */
  readonly rating?: number;
  readonly prechat?: readonly Answer[];
  readonly postchat?: readonly Answer[];
  /** Absent until the agent has filed the chat. */
  readonly wrapup?: readonly Answer[];
}

/** A part of a chat that ended with a transfer. */
export interface Stage {
  readonly agent: number;
  readonly department?: number;
  /** When the next one took over. */
  readonly until: number;
}

/** A visit of the website, or several at about the same time. */
export interface VisitFact {
  readonly time: number;
  readonly campaign: number;
  /** @default 1 */
  readonly count?: number;
  /** When the visitor left. @default at once */
  readonly until?: number;
  /** The visitor, where it is one whose stay is known. */
  readonly visitor?: string;
}

/** The status of an agent changed. Before the first one, the agent is offline. */
export interface StatusFact {
  readonly time: number;
  readonly agent: number;
  /** `Online`, `Away`, `Offline`, or the name of a custom away status. */
  readonly status: string;
}

/** An invitation to chat: by an agent, or by a rule of a campaign. */
export interface InvitationFact {
  readonly time: number;
  readonly isAccepted: boolean;
  /** The agent who sent it; absent where a rule did. */
  readonly agent?: number;
  readonly autoInvitation?: number;
  readonly campaign?: number;
}

export interface OfflineMessageFact {
  readonly id: string;
  readonly time: number;
  readonly department?: number;
  readonly campaign: number;
  readonly visitorSegment?: number;
  /** Whether the visitor left it while waiting in the queue. */
  readonly isFromQueue: boolean;
}

/** A visitor did what the site counts as a conversion. */
export interface ConversionFact {
  readonly time: number;
  readonly conversionAction: number;
  readonly visitor: string;
  readonly value: number;
  /** Whom it is credited to: the department and the agent of the last chat with the visitor. */
  readonly department?: number;
  readonly agent?: number;
}

/** A conversation with the chatbot. */
export interface BotChatFact {
  readonly time: number;
  /** When it ended, or went on with an agent. Absent while it goes on. */
  readonly end?: number;
  readonly answers: number;
  readonly confidentAnswers: number;
  readonly isHandedOver: boolean;
}
