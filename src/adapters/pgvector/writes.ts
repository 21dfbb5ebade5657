/** Filling the index. */
import { foldedText, storableText } from "../../domain/text.ts";
import type { IndexedImage, IndexedPassage, SqlExecutor } from "../../ports.ts";
import { SCHEMA } from "./schema.ts";

/** Rows a statement inserts at most. */
const BATCH = 500;

/** A vector as pgvector reads it. */
export const toVector = (embedding: Float32Array) => `[${embedding.join(",")}]`;

/** Text as lexical search compares it. */
export const toWords = (text: string) => foldedText(storableText(text));

function* batches<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += BATCH) yield rows.slice(start, start + BATCH);
}

/** Inserts or replaces rows by id, all or none. */
export async function writeRows(
  sql: SqlExecutor,
  images: readonly IndexedImage[],
  passages: readonly IndexedPassage[],
): Promise<void> {
  await sql.transaction(async (inside) => {
    for (const batch of batches(images)) {
      await inside.query(
        `insert into ${SCHEMA}.image (image_id, entity_id, tenant, embedding)
             select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]::vector[])
             on conflict (image_id) do update set
               entity_id = excluded.entity_id, tenant = excluded.tenant, embedding = excluded.embedding`,
        [
          batch.map((image) => image.imageId),
          batch.map((image) => image.entityId),
          batch.map((image) => image.tenant),
          batch.map((image) => toVector(image.embedding)),
        ],
      );
    }
    for (const batch of batches(passages)) {
      await inside.query(
        `insert into ${SCHEMA}.passage (passage_id, entity_id, tenant, body, embedding)
             select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]::vector[])
             on conflict (passage_id) do update set
               entity_id = excluded.entity_id, tenant = excluded.tenant, body = excluded.body, embedding = excluded.embedding`,
        [
          batch.map((passage) => passage.passageId),
          batch.map((passage) => passage.entityId),
          batch.map((passage) => passage.tenant),
          batch.map((passage) => toWords(passage.text)),
          batch.map((passage) => toVector(passage.embedding)),
        ],
      );
    }
  });
}
