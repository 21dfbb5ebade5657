/** One entity from a person's hands: checked, given ids, and put into store and index. */
import {
  type Entity,
  type EntityImage,
  type EntityRecord,
  type Lesson,
  PUBLIC_TENANT,
} from "../domain/knowledge.ts";
import { foldedName } from "../domain/text.ts";
import { RoraError } from "../errors.ts";
import { type IngestOptions, ingest } from "./ingest.ts";

/**
 * Teaches one entity; the same title taught again by the same tenant replaces what was there. `options.decoder` reads
 * the pictures, which are untrusted. Throws RoraError `bad-request` for an empty title, and what the decoder throws.
 */
export async function teach(lesson: Lesson, options: Omit<IngestOptions, "progress">): Promise<Entity> {
  const record = await recordOf(lesson, options);
  await ingest([record], options);
  return record.entity;
}

async function recordOf(lesson: Lesson, { decoder }: Pick<IngestOptions, "decoder">): Promise<EntityRecord> {
  const { tenant, title, description, url, aliases, source } = lesson;
  const name = foldedName(title).replaceAll(" ", "-");
  if (name === "") throw new RoraError("bad-request", "The title must have at least one letter or digit.");
  const id = tenant === PUBLIC_TENANT ? `taught:${name}` : `taught:${tenant}:${name}`;
  const images = new Map<string, EntityImage>();
  for (const { bytes } of lesson.images) {
    const { sha256, mediaType } = await decoder.decode({ bytes });
    // The same picture twice is one.
    images.set(sha256, { id: `${id}#${sha256}`, entityId: id, sha256, mediaType, bytes, alt: title });
  }
  const passages = lesson.passages.map(({ section, text }, number) => {
    return { id: `${id}#${number + 1}`, entityId: id, section, text, url, source };
  });
  return {
    entity: { id, tenant, title, description, url, aliases },
    images: [...images.values()],
    passages,
  };
}
