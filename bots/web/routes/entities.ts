/** /api/entities: look an entity up by name, its small picture, and teach one. */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { PUBLIC_TENANT } from "../../../src/domain/knowledge.ts";
import { RoraError } from "../../../src/errors.ts";
import { requireAdmin } from "../admin.ts";
import { tenantOf } from "../asker.ts";
import { readLesson } from "../lesson.ts";
import type { CoreWebOptions } from "../options.ts";
import { cleanText, imageTooLarge } from "../receive.ts";
import { renderEntity } from "../render.ts";

const tenantsOf = (c: Context) => [PUBLIC_TENANT, tenantOf(c)];
const maximumResults = 8;
const maximumNameCharacters = 100;
/** Twice the width at which cards show it, for fine screens. */
const thumbnailWidth = 192;
/** A lesson's body may be as large as this many of the largest pictures. */
const LESSON_PICTURES = 4;

export function entityRoutes(options: CoreWebOptions): Hono {
  const { store, thumbnail, teach, adminToken, limits } = options;
  const routes = new Hono();
  const refuseLarge = bodyLimit({
    maxSize: LESSON_PICTURES * limits.imageBytes,
    onError: () => {
      throw imageTooLarge(limits.imageBytes);
    },
  });

  routes.get("/", async (c) => {
    const name = cleanText(c.req.query("query") ?? "").slice(0, maximumNameCharacters);
    const entities =
      name === "" ? [] : await store.lookUp({ tenants: tenantsOf(c), name, limit: maximumResults });
    const pictured = new Set(
      (await store.firstImages(entities.map(({ id }) => id))).map((image) => image.entityId),
    );
    return c.json({
      entities: entities.map((entity) => ({
        ...renderEntity(entity, pictured.has(entity.id)),
        description: entity.description,
      })),
    });
  });

  routes.post("/", requireAdmin(adminToken), refuseLarge, async (c) => {
    const lesson = await readLesson(c, limits.imageBytes);
    const entity = await teach(lesson);
    return c.json(
      { ...renderEntity(entity, lesson.images.length > 0), description: entity.description },
      201,
    );
  });

  routes.get("/:id/image", async (c) => {
    const id = c.req.param("id");
    const [entity] = await store.entities([id]);
    const [image] = entity && tenantsOf(c).includes(entity.tenant) ? await store.firstImages([id]) : [];
    if (!image) throw new RoraError("not-found", "There is no picture of this entity.");
    const etag = `"${image.sha256}-${thumbnailWidth}"`;
    const headers = { ETag: etag, "Cache-Control": "public, max-age=3600" };
    if (c.req.header("if-none-match") === etag) return c.body(null, 304, headers);
    const png = await thumbnail(image.bytes, thumbnailWidth);
    return c.body(new Uint8Array(png), 200, { ...headers, "Content-Type": "image/png" });
  });
  return routes;
}
