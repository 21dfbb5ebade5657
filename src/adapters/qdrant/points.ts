/** What is indexed as Qdrant's points. Ids of ours are any text; Qdrant's are UUIDs, made from them. */
import { createHash } from "node:crypto";
import type { Schemas } from "@qdrant/js-client-rest";
import type { IndexedImage, IndexedPassage } from "../../ports.ts";
import { passageVector } from "./lexical.ts";

/** Any fixed UUID; another one would give every point another id. */
const NAMESPACE = "3d6f0a52-6b0e-4c5e-9f39-0f6f1c1a7d11";

/** Points of a request: Qdrant advises 64 to 256; this many of 4,096 numbers stay far below its limit of 32 MB. */
const BATCH = 128;

type Point = Schemas["PointStruct"];

/** Named vectors of a passage. */
export const DENSE = "dense";
export const LEXICAL = "lexical";

/** What a point carries besides its vectors. */
export interface PointPayload {
  readonly id: string;
  readonly entity_id: string;
  readonly tenant: string;
}

/** UUID version 5 (RFC 9562): the same name always gives the same one. */
export function nameBasedUuid(name: string, namespace: string = NAMESPACE): string {
  const bytes = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(name)
    .digest()
    .subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function imagePoint({ imageId, entityId, tenant, embedding }: IndexedImage): Point {
  return point(imageId, { id: imageId, entity_id: entityId, tenant }, [...embedding]);
}

export function passagePoint({ passageId, entityId, tenant, text, embedding }: IndexedPassage): Point {
  const lexical = passageVector(text);
  return point(
    passageId,
    { id: passageId, entity_id: entityId, tenant },
    { [DENSE]: [...embedding], ...(lexical === null ? {} : { [LEXICAL]: lexical }) },
  );
}

function point(id: string, payload: PointPayload, vector: Point["vector"]): Point {
  return { id: nameBasedUuid(id), vector, payload: { ...payload } };
}

/** In pieces that fit a request each. */
export function* batches<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += BATCH) yield rows.slice(start, start + BATCH);
}
