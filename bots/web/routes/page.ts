/** The page itself: files as they are, no build step. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { etag } from "hono/etag";
import { z } from "zod";
import { exampleFileSchema } from "../schemas.ts";

const pageFolder = fileURLToPath(new URL("../page/", import.meta.url));
const fontFolder = join(
  dirname(createRequire(import.meta.url).resolve("@fontsource-variable/bricolage-grotesque/package.json")),
  "files",
);

/** GET /api/examples: the bundled example scenes and what one could ask about each. */
export function exampleRoutes(): Hono {
  return new Hono().get("/", async (c) => {
    const text = await readFile(join(pageFolder, "examples", "examples.json"), "utf8");
    const examples = z.array(exampleFileSchema).parse(JSON.parse(text));
    return c.json({ examples: examples.map(({ file, ...rest }) => ({ ...rest, url: `/examples/${file}` })) });
  });
}

export function pageRoutes(): Hono {
  const routes = new Hono();
  routes.use(etag());
  routes.use(async (c, next) => {
    await next();
    // Ask each time, answered with 304: a page and modules of different versions do not mix.
    if (c.res.ok) c.header("Cache-Control", "no-cache");
  });
  routes.get(
    "/fonts/*",
    serveStatic({ root: fontFolder, rewriteRequestPath: (path) => path.replace("/fonts", "") }),
  );
  routes.get("/*", serveStatic({ root: pageFolder }));
  return routes;
}
