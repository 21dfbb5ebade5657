/** The two collections: one of pictures, one of passages. They hold only what can be built again from the store. */
import type { Schemas } from "@qdrant/js-client-rest";
import { RoraError } from "../../errors.ts";
import type { EmbeddingSpace } from "../../ports.ts";
import type { Connection } from "./connection.ts";
import { KINDS, type Kind, type Names } from "./names.ts";
import { statusOf } from "./plain-errors.ts";
import { DENSE, LEXICAL } from "./points.ts";

/** Qdrant's default edges a point in the HNSW graph (Malkov & Yashunin 2016). */
const EDGES = 16;

/**
 * A collection's settings. Vectors lie on disk and a copy of a byte a number in memory, a quarter of the size; always,
 * since searches are scored by the originals anyway and switching later would rewrite every segment. `m: 0` makes no
 * graph. Fields that filters name are indexed apart, and `is_tenant` keeps a tenant's points together on disk.
 */
function settings(kind: Kind, { encoderId, dimension }: EmbeddingSpace, graph: boolean) {
  const vector = { size: dimension, distance: "Cosine", on_disk: true } as const;
  return {
    vectors: kind === "images" ? vector : { [DENSE]: vector },
    ...(kind === "images" ? {} : { sparse_vectors: { [LEXICAL]: { modifier: "idf" } } as const }),
    quantization_config: { scalar: { type: "int8", quantile: 0.99, always_ram: true } } as const,
    hnsw_config: { m: graph ? EDGES : 0 },
    metadata: { encoder_id: encoderId, dimension },
  };
}

/** Makes collections that are not there yet; several processes may do so at once. */
export async function makeCollections(
  { read, write }: Connection,
  names: Names,
  space: EmbeddingSpace,
  { graph }: { graph: boolean },
): Promise<void> {
  for (const kind of KINDS) {
    const collection_name = names[kind];
    // The client's own method of this name leaves out the metadata.
    const create = write((client) =>
      client.api().createCollection({ collection_name, ...settings(kind, space, graph) }),
    );
    await create.catch(async (error: unknown) => {
      const { exists } = await read((client) => client.collectionExists(collection_name));
      if (!exists) throw error;
    });
    const index = (field_name: string, field_schema: Schemas["PayloadFieldSchema"]) =>
      write((client) => client.createPayloadIndex(collection_name, { field_name, field_schema, wait: true }));
    await index("tenant", { type: "keyword", is_tenant: true });
    await index("entity_id", "keyword");
  }
}

/** Null when there is no collection and no alias of this name. */
export async function findCollection(
  { read }: Connection,
  name: string,
): Promise<Schemas["CollectionInfo"] | null> {
  return read(async (client) => {
    try {
      return await client.getCollection(name);
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  });
}

/** What a collection was built for. Throws RoraError `unavailable` when somebody else made it. */
export function spaceOf({ config: { metadata } }: Schemas["CollectionInfo"]): EmbeddingSpace {
  const { encoder_id: encoderId, dimension } = (metadata ?? {}) as Record<string, unknown>;
  if (typeof encoderId === "string" && typeof dimension === "number") return { encoderId, dimension };
  throw new RoraError(
    "unavailable",
    "Qdrant has collections under Rora's names that Rora did not make. Set QDRANT_PREFIX to another beginning for them.",
  );
}

/** Has the graphs built that were put off; Qdrant does so in the background and searches one by one until then. */
export async function buildGraphs({ write }: Connection, names: readonly string[]): Promise<void> {
  for (const name of names)
    await write((client) => client.updateCollection(name, { hnsw_config: { m: EDGES } }));
}

export async function deleteCollections({ write }: Connection, names: readonly string[]): Promise<void> {
  for (const name of names) await write((client) => client.deleteCollection(name));
}
