/** Records as vectors and words in the index. */
import type { EntityRecord } from "../domain/knowledge.ts";
import type {
  ImageDecoder,
  ImageEncoder,
  IndexedImage,
  IndexedPassage,
  KnowledgeIndex,
  TextEncoder,
} from "../ports.ts";

const textBatchSize = 64;

export interface Encoders {
  readonly index: KnowledgeIndex;
  readonly decoder: ImageDecoder;
  readonly imageEncoder: Pick<ImageEncoder, "id" | "dimension" | "encode">;
  readonly textEncoder: Pick<TextEncoder, "embed">;
}

/** Encodes records and puts them into the index, in place of what it had of their entities. */
export async function indexRecords(records: readonly EntityRecord[], options: Encoders): Promise<void> {
  if (records.length === 0) return;
  const [images, passages] = await Promise.all([
    encodeImages(records, options),
    encodePassages(records, options),
  ]);
  for (const { entity } of records) await options.index.removeEntity(entity.id);
  await options.index.put(images, passages);
}

function encodeImages(
  records: readonly EntityRecord[],
  { decoder, imageEncoder }: Encoders,
): Promise<IndexedImage[]> {
  const images = records.flatMap(({ entity, images }) => images.map((image) => ({ entity, image })));
  return Promise.all(
    images.map(async ({ entity, image }) => {
      const { embedding } = await imageEncoder.encode(await decoder.decode(image));
      return { imageId: image.id, entityId: entity.id, tenant: entity.tenant, embedding };
    }),
  );
}

async function encodePassages(
  records: readonly EntityRecord[],
  { textEncoder }: Encoders,
): Promise<IndexedPassage[]> {
  const passages = records.flatMap(({ entity, passages }) =>
    passages.map((passage) => ({ entity, passage })),
  );
  const embeddings: Float32Array[] = [];
  for (let start = 0; start < passages.length; start += textBatchSize) {
    const batch = passages.slice(start, start + textBatchSize);
    embeddings.push(
      ...(await textEncoder.embed(batch.map(({ entity, passage }) => `${entity.title}. ${passage.text}`))),
    );
  }
  return passages.map(({ entity, passage }, position) => ({
    passageId: passage.id,
    entityId: entity.id,
    tenant: entity.tenant,
    text: `${entity.title}. ${passage.section}. ${passage.text}`,
    embedding: embeddings[position]!,
  }));
}
