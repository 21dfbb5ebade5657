/**
 * /api/interactions/:id: what was answered, its relevance map as a picture, and feedback on it.
 * The id is a random UUID known to the asker only: knowing it is the permission, as with a secret link.
 */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { RoraError } from "../../../src/errors.ts";
import type { InteractionRecord } from "../../../src/ports.ts";
import { ensureAsker, tenantOf } from "../asker.ts";
import { keepFeedback, receiveFeedback, unknownInteraction } from "../feedback.ts";
import type { CoreWebOptions } from "../options.ts";
import { renderInteraction } from "../render.ts";

const maximumFeedbackBytes = 16 * 1024;

export function interactionRoutes(options: CoreWebOptions): Hono {
  const { ledger } = options;
  const routes = new Hono();
  const refuseLarge = bodyLimit({
    maxSize: maximumFeedbackBytes,
    onError: () => {
      throw new RoraError("bad-request", "The feedback is too long. Please shorten it.");
    },
  });

  const find = async (c: Context, id: string): Promise<InteractionRecord> => {
    const record = await ledger.interaction(checkedId(id), tenantOf(c));
    if (record === null) throw unknownInteraction();
    return record;
  };

  routes.get("/:id", async (c) => {
    c.header("Cache-Control", "no-store");
    return c.json(renderInteraction(await find(c, c.req.param("id"))));
  });

  routes.get("/:id/relevance.png", async (c) => {
    const { reply, imageSha256 } = await find(c, c.req.param("id"));
    const image = imageSha256 === null ? null : await ledger.image(imageSha256, tenantOf(c));
    if (image === null || reply.relevanceMap === null) {
      throw new RoraError(
        "not-found",
        "There is no relevance map for this answer, or its picture is no longer kept.",
      );
    }
    const overlay = await options.drawOverlay(image.bytes, reply.relevanceMap);
    return c.body(new Uint8Array(overlay), 200, {
      "Content-Type": "image/png",
      "Cache-Control": "private, no-store",
    });
  });

  routes.post("/:id/feedback", refuseLarge, async (c) => {
    const id = checkedId(c.req.param("id"));
    const feedback = receiveFeedback(await readJson(c));
    await keepFeedback(options, id, ensureAsker(c, options.trustProxy), feedback);
    return c.body(null, 204);
  });
  return routes;
}

function checkedId(id: string): string {
  if (!z.uuid().safeParse(id).success) throw unknownInteraction();
  return id;
}

async function readJson(c: Context): Promise<unknown> {
  if (!c.req.header("content-type")?.startsWith("application/json")) {
    throw new RoraError("bad-request", "Send the feedback as application/json.");
  }
  return c.req.json().catch((cause: unknown) => {
    throw new RoraError("bad-request", "The feedback is not valid JSON.", { cause });
  });
}
