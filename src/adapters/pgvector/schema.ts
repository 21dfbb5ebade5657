/** The index's own tables. They hold only what can be built again from the knowledge store. */
import { RoraError } from "../../errors.ts";
import type { EmbeddingSpace, SqlExecutor, SqlStatements } from "../../ports.ts";

export const SCHEMA = "rora_index";

/** Any fixed number: replicas starting at once take turns under it. */
const PREPARE_LOCK = 720_410_886;

/** Memory a graph is built in, unless the server gives more. One that does not fit is built on disk, which takes several times as long. */
const BUILDING_KILOBYTES = 256 * 1024;

/** Longest vector pgvector can put into an HNSW index; longer ones are searched exactly. */
export const HNSW_LONGEST = 2_000;

/** Most characters of a passage that lexical search reads: PostgreSQL keeps at most 1 MB of lexemes a row. */
const LONGEST_TEXT = 50_000;

/** Searching a graph under a filter needs pgvector's iterative scans. */
const OLDEST_PGVECTOR = [0, 8] as const;

async function createExtension(sql: SqlStatements): Promise<void> {
  const [extension] = await sql.query<{ offered: string; installed: string | null }>(
    `select default_version as offered, installed_version as installed from pg_available_extensions where name = 'vector'`,
  );
  if (extension === undefined) {
    throw new RoraError(
      "unavailable",
      "The PostgreSQL server has no pgvector. Install it there (on Debian the package postgresql-NN-pgvector, NN being the server's version; in Docker use the image pgvector/pgvector), or set QDRANT_URL to keep vectors in Qdrant.",
    );
  }
  const [major = 0, minor = 0] = (extension.installed ?? extension.offered).split(".").map(Number);
  if (major === OLDEST_PGVECTOR[0] && minor < OLDEST_PGVECTOR[1]) {
    throw new RoraError(
      "unavailable",
      `The PostgreSQL server has pgvector ${extension.installed ?? extension.offered}, but 0.8 or newer is needed: update it there, run \`ALTER EXTENSION vector UPDATE\`, and start again.`,
    );
  }
  if (extension.installed !== null) return;
  try {
    await sql.query(`create extension if not exists vector`);
  } catch (cause) {
    throw new RoraError(
      "unavailable",
      "The PostgreSQL user may not add pgvector. Let an administrator run `CREATE EXTENSION vector` in this database once, then start again.",
      { cause },
    );
  }
}

/** Makes the tables; `dimension` is a checked integer, never text from outside. */
async function createTables(sql: SqlStatements, dimension: number): Promise<void> {
  await sql.query(`create schema if not exists ${SCHEMA}`);
  await sql.query(
    `create table if not exists ${SCHEMA}.space (only_row boolean primary key default true check (only_row), encoder_id text not null, dimension int not null)`,
  );
  await sql.query(
    `create table if not exists ${SCHEMA}.image (
       image_id text primary key, entity_id text not null, tenant text not null, embedding vector(${dimension}) not null)`,
  );
  // `english` finds inflected words; `simple` finds names, which stemming would bend.
  await sql.query(
    `create table if not exists ${SCHEMA}.passage (
       passage_id text primary key, entity_id text not null, tenant text not null, body text not null,
       lexemes tsvector not null generated always as (
         to_tsvector('english', left(body, ${LONGEST_TEXT})) || to_tsvector('simple', left(body, ${LONGEST_TEXT}))) stored,
       embedding vector(${dimension}) not null)`,
  );
  await sql.query(`create index if not exists image_entity on ${SCHEMA}.image (entity_id)`);
  await sql.query(`create index if not exists passage_entity on ${SCHEMA}.passage (entity_id)`);
  await sql.query(`create index if not exists passage_lexemes on ${SCHEMA}.passage using gin (lexemes)`);
}

/** Makes the tables for a space, or checks that they are of this space. Throws RoraError `unavailable` otherwise. */
export async function prepareTables(sql: SqlExecutor, space: EmbeddingSpace): Promise<void> {
  if (!Number.isInteger(space.dimension) || space.dimension < 1) {
    throw new RangeError(`An embedding cannot be ${space.dimension} long.`);
  }
  await sql.transaction(async (inside) => {
    await inside.query(`select pg_advisory_xact_lock($1::bigint) is null as locked`, [PREPARE_LOCK]);
    await createExtension(inside);
    await createTables(inside, space.dimension);
    await inside.query(
      `insert into ${SCHEMA}.space (encoder_id, dimension) values ($1, $2::int) on conflict do nothing`,
      [space.encoderId, space.dimension],
    );
    const built = await builtSpace(inside);
    if (built!.encoderId !== space.encoderId || built!.dimension !== space.dimension) {
      throw new RoraError(
        "unavailable",
        `The index was built with the encoder ${built!.encoderId} (${built!.dimension} numbers a vector), but ${space.encoderId} (${space.dimension}) is configured. Build it again with \`rora ingest atlas --rebuild\`, or configure the earlier encoder.`,
      );
    }
  });
}

/** The space the tables were made for; null where there are none. */
export async function builtSpace(sql: SqlStatements): Promise<EmbeddingSpace | null> {
  const [made] = await sql.query<{ found: boolean }>(`select to_regclass($1) is not null as found`, [
    `${SCHEMA}.space`,
  ]);
  if (!made?.found) return null;
  const [built] = await sql.query<EmbeddingSpace>(
    `select encoder_id as "encoderId", dimension from ${SCHEMA}.space`,
  );
  return built ?? null;
}

export async function dropTables(sql: SqlStatements): Promise<void> {
  await sql.query(`drop schema if exists ${SCHEMA} cascade`);
}

/** Whether a table's vectors are searched by an HNSW graph (approximate) rather than one by one. */
export async function hasGraph(sql: SqlStatements, table: "image" | "passage"): Promise<boolean> {
  const [graph] = await sql.query(
    `select 1 as found from pg_indexes where schemaname = $1 and indexname = $2`,
    [SCHEMA, `${table}_embedding`],
  );
  return graph !== undefined;
}

/**
 * Builds the HNSW graph of a table (Malkov & Yashunin 2016) with pgvector's recommended m = 16, ef_construction = 64.
 * May take minutes, during which the table is not written to. Without statistics the planner takes every table for a small one
 * and reads it all, graph or not; an embedded database never makes them by itself.
 */
export async function buildGraph(sql: SqlExecutor, table: "image" | "passage"): Promise<void> {
  await sql.maintain(
    `select set_config('maintenance_work_mem', greatest(pg_size_bytes(current_setting('maintenance_work_mem')) / 1024, ${BUILDING_KILOBYTES}) || 'kB', true);
     create index if not exists ${table}_embedding on ${SCHEMA}.${table} using hnsw (embedding vector_cosine_ops) with (m = 16, ef_construction = 64);
     analyze ${SCHEMA}.${table}`,
  );
}

/** Statistics of tables that have none, by which the planner chooses. */
export async function describeTables(sql: SqlStatements): Promise<void> {
  const tables = await sql.query<{ name: string }>(
    `select relname::text as name from pg_class where relnamespace = to_regnamespace($1) and relkind = 'r' and reltuples < 0`,
    [SCHEMA],
  );
  for (const { name } of tables) await sql.query(`analyze ${SCHEMA}.${name}`);
}
