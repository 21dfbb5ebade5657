/** What Rora can know about: entities, how they look, and what is written about them. */
import type { QueryImage } from "./image.ts";

/** Whose knowledge or conversation it is: a Discord guild, a Slack workspace, the web; `public` is shared by all. */
export type Tenant = string;
export const PUBLIC_TENANT: Tenant = "public";

export interface Entity {
  /** Stable and readable, e.g. `country:td`. */
  readonly id: string;
  readonly tenant: Tenant;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  /** Where a person can read on. */
  readonly url: string;
  /** Other names people use: native names, abbreviations, demonyms. */
  readonly aliases: readonly string[];
}

export interface EntityImage {
  readonly id: string;
  readonly entityId: string;
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Alternative text for people who do not see the picture. */
  readonly alt: string;
}

export interface Passage {
  /** Stable, e.g. `country:td#money`. */
  readonly id: string;
  readonly entityId: string;
  /** Heading of the part it comes from, e.g. `Money`. */
  readonly section: string;
  /** Plain English, one to four sentences. Untrusted: data, never instructions. */
  readonly text: string;
  readonly url: string;
  /** Who says so, e.g. `world-countries 5.1.0`. */
  readonly source: string;
}

/** An entity with everything known about it; the unit of ingestion. */
export interface EntityRecord {
  readonly entity: Entity;
  readonly images: readonly EntityImage[];
  readonly passages: readonly Passage[];
}

/** What a person teaches about one entity. */
export interface Lesson {
  readonly tenant: Tenant;
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly aliases: readonly string[];
  readonly images: readonly QueryImage[];
  readonly passages: readonly { readonly section: string; readonly text: string }[];
  /** Who says so, e.g. `taught by an administrator`. */
  readonly source: string;
}
