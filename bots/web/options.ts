/** What the web chat needs. It knows no store, model, library or core behind these; start fills them in. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { RelevanceMap } from "../../src/domain/image.ts";
import type { Entity, Lesson } from "../../src/domain/knowledge.ts";
import type { Asker } from "../../src/domain/question.ts";
import type { Logger } from "../../src/log.ts";
import type { Assistant, KnowledgeStore, Ledger } from "../../src/ports.ts";

interface WebLimits {
  /** Most bytes of one picture. */
  readonly imageBytes: number;
  /** Most characters (code points) of one question. */
  readonly questionCharacters: number;
  /** Questions and feedback a client may send in a minute, on average. */
  readonly questionsPerMinute: number;
  /** All requests to /api a client may send in a minute, on average. */
  readonly requestsPerMinute: number;
}

/** Something the process stands on. */
export interface Dependency {
  readonly ok: boolean;
  readonly detail: string;
  /** False: questions are answered without it, so that it alone makes nothing unready. */
  readonly needed?: boolean | undefined;
}

export interface WebOptions {
  readonly assistant: Assistant;
  /** False leaves out the page and lets in only who holds the core's token. */
  readonly page: boolean;
  /** Bots in other processes show it, and are believed who asks; undefined: there are none. */
  readonly coreToken?: string | undefined;
  /** Every dependency by name and whether it can be used now. */
  readonly readiness: () => Promise<Record<string, Dependency>>;
  /** Further figures for /metrics, by name. */
  readonly gauges?: Record<string, { readonly help: string; readonly value: () => number }> | undefined;
  /** Another part's requests to the same port: false when one is not for it, and then nothing was done with it. */
  readonly guest?: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  readonly log: Logger;
  readonly hostname: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Host names (without port) a request may be addressed to; `*` allows all. `localhost` and loopback always are. */
  readonly allowedHosts: readonly string[];
  /** True behind a reverse proxy that sets X-Forwarded-For and X-Forwarded-Proto. */
  readonly trustProxy: boolean;
  readonly limits: WebLimits;
  /** How long `stop` lets running questions finish. */
  readonly drainSeconds: number;
}

/** Where questions are answered in this process. */
export interface CoreWebOptions extends WebOptions {
  readonly ledger: Pick<Ledger, "interaction" | "image" | "recordFeedback" | "exportPerson" | "erasePerson">;
  readonly store: Pick<KnowledgeStore, "lookUp" | "entities" | "firstImages">;
  /** Puts a taught entity into the knowledge. */
  readonly teach: (lesson: Lesson) => Promise<Entity>;
  /** Who sends it may teach; undefined: nobody may. */
  readonly adminToken?: string | undefined;
  /** The picture (bytes as posted) with its relevance map laid over it, as PNG. */
  readonly drawOverlay: (image: Uint8Array, map: RelevanceMap) => Promise<Uint8Array>;
  /** A picture scaled down to `width` pixels, as PNG. */
  readonly thumbnail: (image: Uint8Array, width: number) => Promise<Uint8Array>;
}

/** A request that is answered by a core in another process. */
export interface ForwardedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly asker: Asker | null;
  readonly signal: AbortSignal;
}

/** Where they are answered elsewhere. */
export interface ForwardingWebOptions extends WebOptions {
  /** Throws RoraError `unavailable`. */
  readonly forward: (request: ForwardedRequest) => Promise<Response>;
}
