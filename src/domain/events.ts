import type { Evidence } from "./evidence.ts";
import type { ImageNotice } from "./image.ts";
import type { Entity, EntityImage } from "./knowledge.ts";
import type { Reply } from "./reply.ts";

/** What happens on the way to a reply, in this order. A bot shows progress by editing one message. */
export type AssistantEvent =
  | { readonly kind: "queued"; readonly ahead: number }
  | {
      readonly kind: "image-read";
      readonly width: number;
      readonly height: number;
      readonly notices: readonly ImageNotice[];
    }
  | {
      readonly kind: "entities-found";
      readonly entities: readonly {
        readonly entity: Entity;
        readonly entityImage: EntityImage | null;
        readonly similarity: number | null;
      }[];
    }
  | { readonly kind: "evidence-chosen"; readonly evidence: readonly Evidence[] }
  | { readonly kind: "answer-start" }
  | { readonly kind: "answer-delta"; readonly text: string }
  | { readonly kind: "answer-end"; readonly reply: Reply };
