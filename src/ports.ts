/** What the stages need from the world. Adapters implement these; only start.ts knows which. */
import type { AssistantEvent } from "./domain/events.ts";
import type { Feedback, Verdict } from "./domain/feedback.ts";
import type { PassageHit } from "./domain/fusion.ts";
import type { DecodedImage, EncodedImage, PatchSupport, PromptPicture, QueryImage } from "./domain/image.ts";
import type { Installation } from "./domain/installation.ts";
import type { Entity, EntityImage, EntityRecord, Passage, Tenant } from "./domain/knowledge.ts";
import type { Post } from "./domain/post.ts";
import type { Asker, Conversation, Question } from "./domain/question.ts";
import type { Reply } from "./domain/reply.ts";
import type { ChatSettings } from "./domain/settings.ts";

/** Reads untrusted bytes safely. Throws RoraError `image-unreadable` or `image-too-large`. */
export interface ImageDecoder {
  decode(image: QueryImage): Promise<DecodedImage>;
}

/** One pass over a picture; results are cached by `sha256`. */
export interface ImageEncoder {
  /** Names weights and preprocessing; stored with every index built with it. */
  readonly id: string;
  readonly dimension: number;
  readonly patches: PatchSupport;
  encode(image: DecodedImage): Promise<EncodedImage>;
}

/** Texts into the encoder's joint space, each L2-normalised and `dimension` long. */
export interface TextEncoder {
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  /** What patches are compared with: the same, or where the model says so, less what all texts have in common. */
  embedForPatches(texts: readonly string[]): Promise<Float32Array[]>;
}

/** One piece of a prompt: text, or a picture. A model that reads tokens leaves out pictures that have none. */
export type PromptPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "image"; readonly picture: PromptPicture };

/** A chat turn as vision-language models know it. */
export interface PromptMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: readonly PromptPart[];
}

export interface GeneratedToken {
  /** Text this token adds (may be empty while a character is incomplete). */
  readonly text: string;
  /** Natural log of its probability; 0 where the model does not tell. */
  readonly logProbability: number;
}

/** A vision-language model that streams its answer. */
export interface AnswerModel {
  readonly id: string;
  generate(
    messages: readonly PromptMessage[],
    options: { readonly maximumTokens: number; readonly signal: AbortSignal },
  ): AsyncIterable<GeneratedToken>;
}

/** Which embedding space an index was built in. */
export interface EmbeddingSpace {
  readonly encoderId: string;
  readonly dimension: number;
}

export interface IndexedImage {
  readonly imageId: string;
  readonly entityId: string;
  readonly tenant: Tenant;
  readonly embedding: Float32Array;
}

export interface IndexedPassage {
  readonly passageId: string;
  readonly entityId: string;
  readonly tenant: Tenant;
  /** What lexical search reads: title, section and text. */
  readonly text: string;
  readonly embedding: Float32Array;
}

export interface ImageHit {
  readonly entityId: string;
  readonly imageId: string;
  /** Cosine similarity, −1…1. */
  readonly similarity: number;
}

/** Vector and lexical search. Holds vectors and ids; the words and pictures are in the KnowledgeStore. */
export interface KnowledgeIndex {
  /** Makes the tables or collections; throws RoraError `unavailable` naming the rebuild command when they were built in another space. */
  prepare(space: EmbeddingSpace): Promise<void>;
  /** Inserts or replaces by id. */
  put(images: readonly IndexedImage[], passages: readonly IndexedPassage[]): Promise<void>;
  removeEntity(entityId: string): Promise<void>;
  /** Best image of each entity of these tenants, most similar first. */
  searchImages(query: {
    tenants: readonly Tenant[];
    embedding: Float32Array;
    limit: number;
  }): Promise<ImageHit[]>;
  /** Dense and lexical search fused, once filtered by `entityIds` (if any) and once not; fused score descending. */
  searchPassages(query: {
    tenants: readonly Tenant[];
    text: string;
    embedding: Float32Array;
    entityIds: readonly string[];
    /** Most hits from the filtered branch, for each entity. */
    perEntity: number;
    /** Most hits from the unfiltered branch. */
    unfiltered: number;
  }): Promise<PassageHit[]>;
  counts(): Promise<{ images: number; passages: number }>;
}

/** An index as whoever keeps it sees it: what it was built for, and how it is filled. */
export interface RebuildableIndex extends KnowledgeIndex {
  /** The engine's name, for people. */
  readonly engine: string;
  /** The space it was built in; null when it was not made yet. */
  space(): Promise<EmbeddingSpace | null>;
  /**
   * Prepares it and lets `fill` put in, by the methods above, what is missing. With `anew`, into an empty index that takes
   * the earlier one's place; where the engine can hold both, others search the earlier one until then, and keep it when
   * `fill` throws. Throws what `prepare` and `fill` throw.
   */
  build<Result>(
    space: EmbeddingSpace,
    options: { readonly anew: boolean },
    fill: () => Promise<Result>,
  ): Promise<Result>;
}

/** One SQL statement with `$1…` parameters. */
export interface SqlStatements {
  query<Row>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** Plain SQL on the open PostgreSQL database (embedded or not); an index built inside it runs on this. */
export interface SqlExecutor extends SqlStatements {
  /** All or nothing; statements of `work` must go through the executor it is given. */
  transaction<Result>(work: (sql: SqlStatements) => Promise<Result>): Promise<Result>;
  /** A statement that may take minutes, such as building an index: without time limit, by itself. */
  maintain(text: string): Promise<void>;
}

/** Entities, their pictures and passages: the source of truth the index points into. */
export interface KnowledgeStore {
  /** Inserts or replaces one entity with all that belongs to it; one transaction. Returns false when nothing had changed. */
  put(record: EntityRecord): Promise<boolean>;
  entities(ids: readonly string[]): Promise<Entity[]>;
  /** Whole records by ascending id: the first `limit` of those after `after`, or of all. */
  records(page: { after: string | null; limit: number }): Promise<EntityRecord[]>;
  images(ids: readonly string[]): Promise<EntityImage[]>;
  /** First picture of each entity. */
  firstImages(entityIds: readonly string[]): Promise<EntityImage[]>;
  passages(ids: readonly string[]): Promise<Passage[]>;
  /** Entities whose title or alias is, starts with, or contains `name` (case and accents ignored), best match first. */
  lookUp(query: { tenants: readonly Tenant[]; name: string; limit: number }): Promise<Entity[]>;
  /**
   * Entities whose title or one of whose aliases occurs as whole words in `text`; longest name first.
   * A name inside a longer one does not count ("Guinea" in "Papua New Guinea"), and names of up to three letters
   * must be written as their source writes them ("US", not "us").
   */
  mentioned(query: { tenants: readonly Tenant[]; text: string; limit: number }): Promise<Entity[]>;
  /** Ids of the entities that belong to this tenant alone. */
  idsOf(tenant: Tenant): Promise<string[]>;
  /** Erases them, with pictures that nothing else shows. */
  eraseTenant(tenant: Tenant): Promise<void>;
  /** Content hash of everything in it; part of `models.knowledge`. */
  version(): Promise<string>;
  counts(): Promise<{ entities: number; images: number; passages: number }>;
}

export interface InteractionRecord {
  readonly id: string;
  readonly createdAt: Date;
  readonly question: string;
  readonly reply: Reply;
  /** Hash of the picture it was about, for `Ledger.image`; null for a question by text alone. */
  readonly imageSha256: string | null;
}

/** All that is kept of a person, as plain JSON. */
export interface PersonExport {
  readonly [part: string]: unknown;
  /** Pictures they posted. */
  readonly images: readonly {
    /** Hex SHA-256 of the bytes. */
    readonly sha256: string;
    readonly mediaType: string;
    readonly base64: string;
  }[];
}

/** How much is kept of a person, and whether they agreed to training. */
export interface Kept {
  readonly asker: Asker;
  readonly questions: number;
  /** Different pictures they posted. */
  readonly pictures: number;
  /** Answers they judged. */
  readonly verdicts: number;
  /** When the oldest of their questions came; null without one. */
  readonly since: Date | null;
  readonly trainingAllowed: boolean;
}

/** People, as far as they can see and decide what is kept of them; showing it whole and erasing it are the ledger's. */
export interface PeopleBook {
  /** Of those of whom anything is kept. */
  kept(askers: readonly Asker[]): Promise<Kept[]>;
  /** Whether what somebody asks may become training examples, where the tenant's policy says so as well. */
  allowTraining(asker: Asker, allowed: boolean): Promise<void>;
  /** Tenants in which anything is kept of anybody. */
  tenants(): Promise<Tenant[]>;
  /** The latest answered questions of a person, latest first. */
  recentQuestions(asker: Asker, limit: number): Promise<AskedQuestion[]>;
  /** Who asked on this platform since `date`, and when; oldest first. */
  askedSince(platform: Question["platform"], date: Date): Promise<{ asker: Asker; at: Date }[]>;
}

/** What is kept of questions, replies and feedback; the source of retraining. */
export interface Ledger {
  /**
   * Records that a question was accepted, before any work, and holds it for HOLD_MILLISECONDS. Returns false when its id or
   * platform event was seen before, unless it failed then, or is no longer held because its process died: such a question
   * may be asked again by who asked it.
   */
  accept(question: Question, conversation: Conversation): Promise<boolean>;
  /** Holds a question that this ledger accepted for another HOLD_MILLISECONDS. */
  hold(questionId: string): Promise<void>;
  /**
   * Keeps the reply with every candidate and the bytes of `image`, the picture it is about (a follow-up's is the
   * conversation's), and moves the conversation, given as it was before the question, on. One transaction. Returns false when
   * a reply was kept already, by another process that took the question over: that one stays. Throws RoraError `not-found`
   * when the question was erased in the meantime.
   */
  complete(
    question: Question,
    conversation: Conversation,
    reply: Reply,
    image: DecodedImage | null,
  ): Promise<boolean>;
  /** Keeps that a question failed, with the error code; not when another process has taken it over. */
  fail(questionId: string, code: string): Promise<void>;
  /** The reply to this question, or to the same platform event; null while there is none. */
  replyTo(question: Question): Promise<Reply | null>;
  conversation(id: string, tenant: Tenant): Promise<Conversation | null>;
  /** Bytes of a conversation's picture while they are kept. */
  image(sha256: string, tenant: Tenant): Promise<QueryImage | null>;
  interaction(id: string, tenant: Tenant): Promise<InteractionRecord | null>;
  /** One current verdict per person and answer; earlier ones stay as history. False when there is no such interaction. */
  recordFeedback(interactionId: string, rater: Asker, feedback: Feedback): Promise<boolean>;
  /**
   * Takes a verdict back, which stays as history. False when it is not the current one, or when the person has said more
   * than it since (a reason, a correction): that stays.
   */
  withdrawFeedback(interactionId: string, rater: Asker, verdict: Verdict): Promise<boolean>;
  /** All that is kept of one person. */
  exportPerson(asker: Asker): Promise<PersonExport>;
  /** Erases rows and image bytes of one person; returns how many interactions went. */
  erasePerson(asker: Asker): Promise<number>;
  /**
   * Erases everything of everybody in a tenant: questions, replies, pictures, verdicts, consents, where it was asked. A question
   * that is being answered is no longer kept by `complete`. Returns how many interactions went.
   */
  eraseTenant(tenant: Tenant): Promise<number>;
}

/** What a bot talks to; in the process or over HTTP. */
export interface Assistant {
  /** Streams progress and ends with `answer-end`; throws RoraError. */
  ask(question: Question, options: { signal: AbortSignal }): AsyncIterable<AssistantEvent>;
}

/** Where questions were asked in chats and where their answers stand: what a restarted bot needs to know. */
export interface PostBook {
  /** Remembers a question that is about to be worked on. False when the platform's event was seen before. */
  open(post: Post): Promise<boolean>;
  /** Remembers the message that shows progress and then the answer. */
  place(interactionId: string, answerMessage: string): Promise<void>;
  /** The person was answered, in `conversation`, or was told (null) why not. */
  close(interactionId: string, conversation: string | null): Promise<void>;
  byInteraction(interactionId: string): Promise<Post | null>;
  byMessage(platform: Post["platform"], answerMessage: string): Promise<Post | null>;
  /** The latest answered one of a channel, thread or direct conversation. */
  latest(platform: Post["platform"], channel: string): Promise<Post | null>;
  /** Those opened before `date` and not closed: lost with their process. */
  unanswered(platform: Post["platform"], date: Date): Promise<Post[]>;
}

/** Events of platforms that send them again when they are not sure that they arrived. */
export interface EventBook {
  /** True for an event that was not seen before, which from now on it was. */
  first(platform: Post["platform"], eventId: string): Promise<boolean>;
  /** Forgets those seen before `date`, which are not sent again; returns how many. */
  forget(date: Date): Promise<number>;
}

export interface AskedQuestion {
  readonly id: string;
  readonly askedAt: Date;
  readonly question: string;
  /** Text of the answer. */
  readonly answer: string;
}

/** How tenants want to be answered; a tenant without settings has DEFAULT_CHAT_SETTINGS. */
export interface SettingsStore {
  all(): Promise<ReadonlyMap<Tenant, ChatSettings>>;
  put(tenant: Tenant, settings: ChatSettings): Promise<void>;
  remove(tenant: Tenant): Promise<void>;
}

/** Keeps secrets from whoever reads the database. `owner` says whose secret it is, and must be the same for both. */
export interface Sealer {
  seal(text: string, owner: string): string;
  /** Throws RoraError `unavailable` for a key it does not have, another owner, and a changed text. */
  open(sealed: string, owner: string): string;
  /** Whether it was sealed with the key that seals now. */
  isCurrent(sealed: string): boolean;
}

/** Who let a platform's bot in, and what lets it in there. Secrets are sealed. */
export interface InstallationBook {
  /** Inserts, or replaces its secret and adds its tenants. */
  put(installation: Installation, secret: string): Promise<void>;
  /** Null where it is not installed (any more). Throws RoraError `unavailable` when it cannot be opened. */
  secret(id: string): Promise<string | null>;
  /** That of an installation which the tenant belongs to. */
  secretFor(tenant: Tenant): Promise<string | null>;
  /** Remembers a tenant that belongs to an installation. */
  addTenant(id: string, tenant: Tenant): Promise<void>;
  /** Forgets the secret at once and remembers what must be erased: all its tenants, those given here included. */
  leave(installation: Installation): Promise<Installation>;
  /** Those left whose erasure was not reported by `forget`, because a process was killed in the middle. */
  left(): Promise<Installation[]>;
  /** Everything of it is erased. What was installed again in the meantime stays. */
  forget(id: string): Promise<void>;
  /** Seals with the current key what an older one sealed; resolves to how many there were. */
  reseal(): Promise<number>;
}
