/** The knowledge index inside PostgreSQL, embedded or not, by pgvector and its full-text search. */

import { fuseBranches, type RankedPassage } from "../../domain/fusion.ts";
import type { EmbeddingSpace, ImageHit, RebuildableIndex, SqlExecutor } from "../../ports.ts";
import { LEXICAL_QUERY, SEARCH_IMAGES, SEARCH_PASSAGES, SEARCH_PASSAGES_OF_ENTITIES } from "./queries.ts";
import {
  buildGraph,
  builtSpace,
  describeTables,
  dropTables,
  HNSW_LONGEST,
  hasGraph,
  prepareTables,
  SCHEMA,
} from "./schema.ts";
import { toVector, toWords, writeRows } from "./writes.ts";

/** Rows up to which comparing with every vector is quick (some 20 ms); beyond, a graph is built. */
const EXACT_UP_TO = 20_000;
/** Where a graph is searched: images read for each entity wanted, since several may be of one entity. */
const IMAGES_PER_ENTITY = 10;
const IMAGES_PER_CROWDED_ENTITY = 200;
/** Passages each ranking contributes at least; fusion needs more than are asked for. */
const RANKING_DEPTH = 50;
/** Characters of a question that lexical search reads. */
const LONGEST_QUESTION = 20_000;

export interface PgvectorIndex extends RebuildableIndex {
  /** Removes the index with all its tables, so that `prepare` can make it anew in another space. */
  drop(): Promise<void>;
}

/**
 * An index in its own schema of the database `sql` speaks to. Search is exact up to `exactUpTo` rows a table, and
 * approximate by HNSW beyond. Call `prepare` before anything but `drop`.
 */
export function createPgvectorIndex(sql: SqlExecutor, options: { exactUpTo?: number } = {}): PgvectorIndex {
  const exactUpTo = options.exactUpTo ?? EXACT_UP_TO;
  let dimension = 0;
  const graphs = { image: false, passage: false };

  async function count(table: "image" | "passage"): Promise<number> {
    const [row] = await sql.query<{ count: number }>(`select count(*)::int as count from ${SCHEMA}.${table}`);
    return row!.count;
  }

  async function growGraph(table: "image" | "passage"): Promise<void> {
    if (graphs[table] || dimension > HNSW_LONGEST || (await count(table)) <= exactUpTo) return;
    await buildGraph(sql, table);
    graphs[table] = true;
  }

  /** A graph is searched until the filters have let enough through. */
  async function searchGraph<Row>(
    depth: number,
    text: string,
    parameters: readonly unknown[],
  ): Promise<Row[]> {
    return sql.transaction(async (inside) => {
      await inside.query(
        `select set_config('hnsw.ef_search', $1, true), set_config('hnsw.iterative_scan', 'strict_order', true)`,
        [String(Math.min(1_000, Math.max(100, depth)))],
      );
      return inside.query<Row>(text, parameters);
    });
  }

  async function prepare(space: EmbeddingSpace): Promise<void> {
    await prepareTables(sql, space);
    dimension = space.dimension;
    graphs.image = await hasGraph(sql, "image");
    graphs.passage = await hasGraph(sql, "passage");
  }

  async function drop(): Promise<void> {
    await dropTables(sql);
    Object.assign(graphs, { image: false, passage: false });
  }

  return {
    engine: "pgvector",
    space: () => builtSpace(sql),
    prepare,

    /** Two sets of tables would need two schemas; whoever searches meanwhile finds what is already in. */
    async build(space, { anew }, fill) {
      if (anew) await drop();
      await prepare(space);
      const filled = await fill();
      await describeTables(sql);
      return filled;
    },

    async put(images, passages) {
      await writeRows(sql, images, passages);
      if (images.length > 0) await growGraph("image");
      if (passages.length > 0) await growGraph("passage");
    },

    async removeEntity(entityId) {
      await sql.transaction(async (inside) => {
        await inside.query(`delete from ${SCHEMA}.image where entity_id = $1`, [entityId]);
        await inside.query(`delete from ${SCHEMA}.passage where entity_id = $1`, [entityId]);
      });
    },

    async searchImages({ tenants, embedding, limit }) {
      const query = [[...tenants], toVector(embedding), limit];
      if (!graphs.image) return sql.query<ImageHit>(SEARCH_IMAGES, [...query, null]);
      const read = (depth: number) => searchGraph<ImageHit>(depth, SEARCH_IMAGES, [...query, depth]);
      const hits = await read(limit * IMAGES_PER_ENTITY);
      // One entity with many pictures can fill all that was read.
      return hits.length < limit ? read(limit * IMAGES_PER_CROWDED_ENTITY) : hits;
    },

    async searchPassages({ tenants, text, embedding, entityIds, perEntity, unfiltered }) {
      const [lexical] = await sql.query<{ query: string }>(LEXICAL_QUERY, [
        toWords(text).slice(0, LONGEST_QUESTION),
      ]);
      const query = [[...tenants], toVector(embedding), lexical!.query];
      const ofEntities =
        entityIds.length === 0
          ? []
          : await sql.query<RankedPassage>(SEARCH_PASSAGES_OF_ENTITIES, [...query, null, [...entityIds]]);
      const depth = Math.max(RANKING_DEPTH, 2 * unfiltered);
      const everywhere = await (graphs.passage
        ? searchGraph<RankedPassage>(depth, SEARCH_PASSAGES, [...query, depth])
        : sql.query<RankedPassage>(SEARCH_PASSAGES, [...query, depth]));
      return fuseBranches(ofEntities, everywhere, { perEntity, unfiltered });
    },

    async counts() {
      return { images: await count("image"), passages: await count("passage") };
    },

    drop,
  };
}
