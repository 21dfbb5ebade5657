/** The knowledge index on a Qdrant server, for more knowledge than a database should search. */
import { fuseBranches } from "../../domain/fusion.ts";
import type { RebuildableIndex } from "../../ports.ts";
import { createConnection, type Patience, type QdrantAddress } from "./connection.ts";
import { createGenerations } from "./generations.ts";
import { KINDS, listed } from "./names.ts";
import { batches, imagePoint, passagePoint } from "./points.ts";
import {
  imageHits,
  imageQuery,
  ofEntity,
  passagesAnywhere,
  passagesOfEntities,
  rankedPassages,
} from "./queries.ts";

export interface QdrantOptions extends QdrantAddress {
  /** What the names of its collections begin with; several Roras may share a server under different ones. */
  readonly prefix: string;
  readonly patience?: Patience;
}

/**
 * An index in two collections of the server, which is not asked before the first call. Call `prepare` or `build` before
 * the others. Every method throws RoraError `unavailable` while the server does not answer, and works again when it does.
 */
export function createQdrantIndex(
  { prefix, patience, ...address }: QdrantOptions,
  now: () => number = Date.now,
): RebuildableIndex {
  const connection = createConnection(address, patience);
  const { read, write } = connection;
  const { names, space, prepare, build } = createGenerations(connection, prefix, now);

  return {
    engine: "Qdrant",
    space,
    prepare,
    build,

    /** Not all or nothing: what a failure left out, putting the same again brings in. */
    async put(images, passages) {
      const points = { images: images.map(imagePoint), passages: passages.map(passagePoint) };
      for (const kind of KINDS) {
        for (const batch of batches(points[kind]))
          await write((client) => client.upsert(names()[kind], { points: [...batch], wait: true }));
      }
    },

    async removeEntity(entityId) {
      for (const name of listed(names()))
        await write((client) => client.delete(name, { filter: ofEntity(entityId), wait: true }));
    },

    async searchImages({ tenants, embedding, limit }) {
      if (tenants.length === 0 || limit < 1) return [];
      const query = imageQuery(tenants, embedding, limit);
      return imageHits(await read((client) => client.queryGroups(names().images, query)));
    },

    /**
     * All rankings in one request, fused here. Qdrant can fuse by itself (prefetch and `rrf`), but then tells neither the
     * cosine nor the lexical score of a hit, both of which the critic reads, nor cuts by entity.
     */
    async searchPassages({ entityIds, perEntity, unfiltered, ...question }) {
      if (question.tenants.length === 0) return [];
      const ofEntities = entityIds.length === 0 ? [] : passagesOfEntities(question, entityIds);
      const everywhere = unfiltered < 1 ? [] : passagesAnywhere(question, unfiltered);
      const searches = [...ofEntities, ...everywhere];
      if (searches.length === 0) return [];
      const answers = await read((client) => client.queryBatch(names().passages, { searches }));
      const points = answers.map((answer) => answer.points);
      const ranked = (from: number, branch: typeof searches) =>
        branch.length === 0 ? [] : rankedPassages(points[from]!, branch.length > 1 ? points[from + 1]! : []);
      return fuseBranches(ranked(0, ofEntities), ranked(ofEntities.length, everywhere), {
        perEntity,
        unfiltered,
      });
    },

    async counts() {
      const [images, passages] = await Promise.all(
        listed(names()).map((name) => read((client) => client.count(name, { exact: true }))),
      );
      return { images: images!.count, passages: passages!.count };
    },
  };
}
