/** Small pictures of the entities that evidence is about. */
import type { Evidence } from "../../src/domain/evidence.ts";
import type { Bot } from "./bot.ts";
import { loggable } from "./slack.ts";
import type { Workspace } from "./workspace.ts";

const WIDTH = 240;

/** Ids of the uploaded pictures, by entity; one that cannot be drawn or uploaded is left out. Does not reject. */
export async function uploadPictures(
  evidence: readonly Evidence[],
  workspace: Workspace,
  { options, uploads }: Pick<Bot, "options" | "uploads">,
): Promise<Map<string, string>> {
  const { thumbnail, log } = options;
  const uploaded = await Promise.all(
    evidence.map(async ({ entity, entityImage }) => {
      if (entityImage === null) return null;
      try {
        const bytes = await thumbnail(entityImage.bytes, WIDTH);
        const file = { name: "entity.png", bytes, alt: entityImage.alt };
        return [entity.id, await uploads.put(file, workspace)] as const;
      } catch (error) {
        log.warn({ err: loggable(error), entity: entity.id }, "an entity's picture could not be shown");
        return null;
      }
    }),
  );
  return new Map(uploaded.filter((pair) => pair !== null));
}
