/** How a tenant (a Discord guild, a Slack workspace) wants to be answered. */
export interface ChatSettings {
  /** Ids of the channels it answers in; none: in all. */
  readonly channels: readonly string[];
  /** Ids of the roles or groups that may ask; none: everybody. */
  readonly roles: readonly string[];
  /** Whether only the asker sees an answer, where the platform can do that. */
  readonly privateAnswers: boolean;
  /** Whether a question in a channel opens a thread. */
  readonly threads: boolean;
  /** Questions a member may ask in an hour; 0 for as many as they like. */
  readonly questionsPerHour: number;
  /** Language of the fixed texts, such as `de`; null: the language of who asks. */
  readonly language: string | null;
  /** Whether questions and answers may become training examples, of those who agree to it. */
  readonly trainingAllowed: boolean;
}

export const DEFAULT_CHAT_SETTINGS: ChatSettings = {
  channels: [],
  roles: [],
  privateAnswers: false,
  threads: false,
  questionsPerHour: 60,
  language: null,
  trainingAllowed: false,
};
