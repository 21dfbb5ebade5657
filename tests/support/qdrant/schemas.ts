/**
 * Request bodies as Qdrant publishes them, narrowed to what Rora may send: unknown keys are refused, which Qdrant itself
 * mostly ignores. `satisfies` holds each against the types generated from Qdrant's OpenAPI document.
 */
import type { Schemas } from "@qdrant/js-client-rest";
import { z } from "zod";

const unsigned = z.int().min(0);
const atLeastOne = z.int().min(1);
const name = z.string().min(1).max(255);

const vectorParams = z.strictObject({
  size: z.int().min(1).max(65_536),
  distance: z.enum(["Cosine", "Euclid", "Dot", "Manhattan"]),
  on_disk: z.boolean().exactOptional(),
}) satisfies z.ZodType<Schemas["VectorParams"]>;

const hnsw = z.strictObject({ m: unsigned.exactOptional() }) satisfies z.ZodType<Schemas["HnswConfigDiff"]>;

const quantization = z.strictObject({
  scalar: z.strictObject({
    type: z.literal("int8"),
    quantile: z.number().min(0.5).max(1).exactOptional(),
    always_ram: z.boolean().exactOptional(),
  }),
}) satisfies z.ZodType<Schemas["ScalarQuantization"]>;

export const createCollection = z.strictObject({
  vectors: z.union([vectorParams, z.record(z.string(), vectorParams)]),
  sparse_vectors: z
    .record(z.string(), z.strictObject({ modifier: z.enum(["none", "idf"]).exactOptional() }))
    .exactOptional(),
  quantization_config: quantization.exactOptional(),
  hnsw_config: hnsw.exactOptional(),
  metadata: z.record(z.string(), z.unknown()).exactOptional(),
}) satisfies z.ZodType<Schemas["CreateCollection"]>;

export const updateCollection = z.strictObject({ hnsw_config: hnsw }) satisfies z.ZodType<
  Schemas["UpdateCollection"]
>;

export const createFieldIndex = z.strictObject({
  field_name: name,
  field_schema: z.union([
    z.literal("keyword"),
    z.strictObject({ type: z.literal("keyword"), is_tenant: z.boolean().exactOptional() }),
  ]),
}) satisfies z.ZodType<Schemas["CreateFieldIndex"]>;

export const changeAliases = z.strictObject({
  actions: z.array(
    z.strictObject({ create_alias: z.strictObject({ alias_name: name, collection_name: name }) }),
  ),
}) satisfies z.ZodType<Schemas["ChangeAliasesOperation"]>;

const match = z.union([
  z.strictObject({ value: z.string() }),
  z.strictObject({ any: z.array(z.string()) }),
]) satisfies z.ZodType<Schemas["Match"]>;
const condition = z.strictObject({ key: name, match }) satisfies z.ZodType<Schemas["FieldCondition"]>;
const filter = z.strictObject({
  must: z.array(condition).exactOptional(),
  should: z.array(condition).exactOptional(),
  must_not: z.array(condition).exactOptional(),
}) satisfies z.ZodType<Schemas["Filter"]>;
export type Filter = z.infer<typeof filter>;

const dense = z.array(z.number());
const sparse = z
  .strictObject({
    indices: z.array(
      z
        .int()
        .min(0)
        .max(2 ** 32 - 1),
    ),
    values: z.array(z.number()),
  })
  .refine(({ indices, values }) => indices.length === values.length, "must be of one length")
  .refine(
    ({ indices }) => new Set(indices).size === indices.length,
    "indices must be unique",
  ) satisfies z.ZodType<Schemas["SparseVector"]>;
export type Sparse = z.infer<typeof sparse>;
const vector = z.union([dense, sparse]);
export type Vector = z.infer<typeof vector>;

export const upsertPoints = z.strictObject({
  points: z
    .array(
      z.strictObject({
        id: z.union([z.uuid(), unsigned]),
        vector: z.union([dense, z.record(z.string(), vector)]),
        payload: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1)
    .max(256),
}) satisfies z.ZodType<Schemas["PointsList"]>;

export const deletePoints = z.strictObject({ filter }) satisfies z.ZodType<Schemas["FilterSelector"]>;

export const countPoints = z.strictObject({
  filter: filter.exactOptional(),
  exact: z.boolean().exactOptional(),
}) satisfies z.ZodType<Schemas["CountRequest"]>;

const search = {
  query: vector,
  using: name.exactOptional(),
  filter: filter.exactOptional(),
  params: z
    .strictObject({
      quantization: z
        .strictObject({
          rescore: z.boolean().exactOptional(),
          oversampling: z.number().min(1).exactOptional(),
        })
        .exactOptional(),
    })
    .exactOptional(),
  limit: atLeastOne.exactOptional(),
  with_payload: z.boolean().exactOptional(),
};
const queryRequest = z.strictObject(search) satisfies z.ZodType<Schemas["QueryRequest"]>;
export type Query = z.infer<typeof queryRequest>;

export const queryBatch = z.strictObject({ searches: z.array(queryRequest).min(1) }) satisfies z.ZodType<
  Schemas["QueryRequestBatch"]
>;

export const queryGroups = z.strictObject({
  ...search,
  group_by: name,
  group_size: atLeastOne.exactOptional(),
}) satisfies z.ZodType<Schemas["QueryGroupsRequest"]>;
