/** The three searches as SQL. Every one of them is limited to the tenants passed. */
import { SCHEMA } from "./schema.ts";

/**
 * $1 tenants, $2 embedding, $3 limit, $4 images read before grouping (null: all of them).
 * Best image of each entity.
 */
export const SEARCH_IMAGES = `
  with nearest as materialized (
    select image_id, entity_id, embedding <=> $2::vector as distance from ${SCHEMA}.image
    where tenant = any($1::text[]) order by embedding <=> $2::vector limit $4::bigint
  ), best as (
    select distinct on (entity_id) entity_id, image_id, distance from nearest order by entity_id, distance, image_id
  )
  select entity_id as "entityId", image_id as "imageId", 1 - distance as similarity
  from best order by distance, entity_id limit $3::bigint`;

/**
 * A question as a tsquery that any of its words satisfies; $1 text.
 * Words: their English stems and, for names, themselves; words English leaves out ("the", "which") are left out.
 */
export const LEXICAL_QUERY = `
  with lexeme as (
    select unnest(tsvector_to_array(to_tsvector('english', $1))) as word
    union
    select word from unnest(tsvector_to_array(to_tsvector('simple', $1))) as word
    where numnode(plainto_tsquery('english', word)) > 0
  )
  select coalesce(string_agg('''' || replace(replace(word, '\\', '\\\\'), '''', '''''') || '''', ' | '), '') as query from lexeme`;

/**
 * $1 tenants, $2 embedding, $3 tsquery, $4 most hits of each ranking (null: all), and when filtered $5 entity ids.
 * Rows with the ranks they have, from 1. Lexical score: ts_rank divided by 1 + log of the passage's length; ts_rank_cd
 * rewards words for standing close together, which says little when any of them suffices, and takes four times as long.
 */
function passageSearch(filtered: boolean): string {
  const where = `tenant = any($1::text[])${filtered ? " and entity_id = any($5::text[])" : ""}`;
  // Adding 0 keeps the planner from walking the HNSW graph, which under a narrow filter would miss rows.
  const distance = filtered ? "(embedding <=> $2::vector) + 0" : "embedding <=> $2::vector";
  return `
  with dense as materialized (
    select passage_id, entity_id, ${distance} as distance from ${SCHEMA}.passage
    where ${where} order by ${distance} limit $4::bigint
  ), lexical as materialized (
    select passage_id, entity_id, ts_rank(lexemes, $3::tsquery, 1) as score from ${SCHEMA}.passage
    where ${where} and lexemes @@ $3::tsquery order by score desc, passage_id limit $4::bigint
  ), ranked_dense as (
    select *, row_number() over (order by distance, passage_id) as rank from dense
  ), ranked_lexical as (
    select *, row_number() over (order by score desc, passage_id) as rank from lexical
  )
  select passage_id as "passageId", coalesce(d.entity_id, l.entity_id) as "entityId",
    1 - d.distance as dense, l.score::float8 as lexical, d.rank::int as "denseRank", l.rank::int as "lexicalRank"
  from ranked_dense d full join ranked_lexical l using (passage_id)`;
}

export const SEARCH_PASSAGES_OF_ENTITIES: string = passageSearch(true);
export const SEARCH_PASSAGES: string = passageSearch(false);
