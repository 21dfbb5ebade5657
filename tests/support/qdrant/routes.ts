/** Qdrant's HTTP interface over collections in memory, as far as Rora uses it; anything else is answered 404. */
import { type Context, Hono } from "hono";
import type { z } from "zod";
import { Collection, WrongInput } from "./collection.ts";
import * as bodies from "./schemas.ts";

export interface Memory {
  readonly collections: Map<string, Collection>;
  /** Alias to collection. */
  readonly aliases: Map<string, string>;
}

class NotFound extends Error {}
class Conflict extends Error {}

/** Milliseconds until a write shows that nobody waits for. */
const LATE = 300;

export function qdrantRoutes({ collections, aliases }: Memory, version: string): Hono {
  const routes = new Hono();

  const find = (name: string) => {
    const collection = collections.get(aliases.get(name) ?? name);
    if (collection === undefined) throw new NotFound(`Collection \`${name}\` doesn't exist!`);
    return collection;
  };
  /** Changing settings goes by the collection's own name. */
  const own = (name: string) => {
    if (aliases.has(name)) throw new NotFound(`Collection \`${name}\` doesn't exist!`);
    return find(name);
  };
  const write = async (c: Context, change: () => void) => {
    if (c.req.query("wait") === "true") change();
    else setTimeout(change, LATE);
    return answer(c, {
      operation_id: 0,
      status: c.req.query("wait") === "true" ? "completed" : "acknowledged",
    });
  };

  routes.onError((error, c) => {
    const status = statusFor(error);
    return c.json({ status: { error: `${error.name}: ${error.message}` }, time: 0 }, status);
  });
  routes.get("/", (c) => c.json({ title: "qdrant - vector search engine", version }));
  routes.get("/aliases", (c) =>
    answer(c, {
      aliases: [...aliases].map(([alias_name, collection_name]) => ({ alias_name, collection_name })),
    }),
  );
  routes.get("/collections", (c) =>
    answer(c, { collections: [...collections.keys()].map((name) => ({ name })) }),
  );
  routes.post("/collections/aliases", async (c) => {
    const { actions } = await body(c, bodies.changeAliases);
    // All or none: tried on a copy first.
    const changed = new Map(aliases);
    for (const action of actions) {
      const { alias_name, collection_name } = action.create_alias;
      own(collection_name);
      if (collections.has(alias_name)) throw new Conflict(`Collection ${alias_name} already exists`);
      changed.set(alias_name, collection_name);
    }
    aliases.clear();
    for (const [alias, name] of changed) aliases.set(alias, name);
    return answer(c, true);
  });
  routes.get("/collections/:name/exists", (c) =>
    answer(c, { exists: collections.has(aliases.get(c.req.param("name")) ?? c.req.param("name")) }),
  );
  routes.get("/collections/:name", (c) => {
    const { settings, points, indexed } = find(c.req.param("name"));
    const { vectors, sparse_vectors, hnsw_config, quantization_config, metadata } = settings;
    return answer(c, {
      status: "green",
      optimizer_status: "ok",
      points_count: points.size,
      segments_count: 1,
      config: { params: { vectors, sparse_vectors }, hnsw_config, quantization_config, metadata },
      payload_schema: Object.fromEntries(indexed),
    });
  });
  routes.put("/collections/:name", async (c) => {
    const name = c.req.param("name");
    const settings = await body(c, bodies.createCollection);
    if (collections.has(name) || aliases.has(name))
      throw new Conflict(`Collection \`${name}\` already exists!`);
    collections.set(name, new Collection(settings));
    return answer(c, true);
  });
  routes.patch("/collections/:name", async (c) => {
    const { hnsw_config } = await body(c, bodies.updateCollection);
    const { settings } = own(c.req.param("name"));
    settings.hnsw_config = { ...settings.hnsw_config, ...hnsw_config };
    return answer(c, true);
  });
  routes.delete("/collections/:name", (c) => {
    own(c.req.param("name"));
    collections.delete(c.req.param("name"));
    for (const [alias, name] of aliases) if (name === c.req.param("name")) aliases.delete(alias);
    return answer(c, true);
  });
  routes.put("/collections/:name/index", async (c) => {
    const { field_name, field_schema } = await body(c, bodies.createFieldIndex);
    const { indexed } = own(c.req.param("name"));
    return write(c, () => indexed.set(field_name, field_schema));
  });
  routes.put("/collections/:name/points", async (c) => {
    const { points } = await body(c, bodies.upsertPoints);
    const collection = find(c.req.param("name"));
    return write(c, () => collection.upsert(points));
  });
  routes.post("/collections/:name/points/delete", async (c) => {
    const { filter } = await body(c, bodies.deletePoints);
    const collection = find(c.req.param("name"));
    return write(c, () => collection.remove(filter));
  });
  routes.post("/collections/:name/points/count", async (c) => {
    const { filter } = await body(c, bodies.countPoints);
    return answer(c, { count: find(c.req.param("name")).count(filter) });
  });
  routes.post("/collections/:name/points/query/batch", async (c) => {
    const { searches } = await body(c, bodies.queryBatch);
    const collection = find(c.req.param("name"));
    return answer(
      c,
      searches.map((search) => ({ points: collection.query(search) })),
    );
  });
  routes.post("/collections/:name/points/query/groups", async (c) => {
    const query = await body(c, bodies.queryGroups);
    return answer(c, { groups: find(c.req.param("name")).groups(query) });
  });
  return routes;
}

const answer = (c: Context, result: unknown) => c.json({ result, status: "ok", time: 0.001 });

async function body<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(await c.req.json());
  if (!parsed.success) throw new WrongInput(`Format error in JSON body: ${parsed.error.message}`);
  return parsed.data;
}

function statusFor(error: Error): 400 | 404 | 409 | 500 {
  if (error instanceof WrongInput) return 400;
  if (error instanceof NotFound) return 404;
  return error instanceof Conflict ? 409 : 500;
}
