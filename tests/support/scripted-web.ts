/** CoreWebOptions over the scripted assistant and memory, for tests of the transport and the page. */
import { createHash } from "node:crypto";
import sharp from "sharp";
import type { CoreWebOptions } from "../../bots/web/options.ts";
import type { Feedback } from "../../src/domain/feedback.ts";
import type { QueryImage } from "../../src/domain/image.ts";
import { createLog } from "../../src/log.ts";
import type { InteractionRecord } from "../../src/ports.ts";
import { createScriptedAssistant, type ScriptedAssistant } from "./scripted-assistant.ts";
import { scriptedKnowledge } from "./scripted-knowledge.ts";

export interface ScriptedWeb {
  readonly options: CoreWebOptions;
  readonly assistant: ScriptedAssistant;
  readonly feedback: { interactionId: string; rater: string; feedback: Feedback }[];
}

export function scriptedWeb(
  overrides: Partial<CoreWebOptions> & { readonly pause?: number; readonly logLevel?: string } = {},
): ScriptedWeb {
  const { pause = 0, logLevel = "silent", ...rest } = overrides;
  const interactions = new Map<string, { record: InteractionRecord; pseudonym: string }>();
  const images = new Map<string, QueryImage>();
  const feedback: ScriptedWeb["feedback"] = [];

  const assistant = createScriptedAssistant({
    pause,
    onReply(question, reply) {
      const bytes = question.image?.bytes;
      const imageSha256 = bytes ? createHash("sha256").update(bytes).digest("hex") : null;
      if (bytes && imageSha256) images.set(imageSha256, { bytes });
      interactions.set(question.id, {
        pseudonym: question.asker.pseudonym,
        record: { id: question.id, createdAt: new Date(0), question: question.text, reply, imageSha256 },
      });
    },
  });

  const ledger: CoreWebOptions["ledger"] = {
    interaction: async (id) => interactions.get(id)?.record ?? null,
    image: async (sha256) => images.get(sha256) ?? null,
    async recordFeedback(interactionId, rater, given) {
      if (!interactions.has(interactionId)) return false;
      feedback.push({ interactionId, rater: rater.pseudonym, feedback: given });
      return true;
    },
    exportPerson: async (asker) => ({
      interactions: [...interactions.values()]
        .filter(({ pseudonym }) => pseudonym === asker.pseudonym)
        .map(({ record }) => ({ id: record.id, question: record.question })),
      images: [],
    }),
    async erasePerson(asker) {
      const mine = [...interactions].filter(([, { pseudonym }]) => pseudonym === asker.pseudonym);
      for (const [id] of mine) interactions.delete(id);
      return mine.length;
    },
  };

  const store: CoreWebOptions["store"] = {
    entities: async (ids) => scriptedKnowledge.map((r) => r.entity).filter(({ id }) => ids.includes(id)),
    firstImages: async (ids) =>
      scriptedKnowledge.flatMap((r) => (ids.includes(r.entity.id) ? [r.images[0]!] : [])),
    lookUp: async ({ name, limit }) =>
      scriptedKnowledge
        .map((r) => r.entity)
        .filter(({ title }) => title.toLowerCase().includes(name.toLowerCase()))
        .slice(0, limit),
  };

  return {
    assistant,
    feedback,
    options: {
      assistant,
      page: true,
      ledger,
      store,
      teach: async ({ tenant, title, description, url, aliases }) => {
        return { id: `taught:${title}`, tenant, title, description, url, aliases };
      },
      thumbnail: async (image, width) =>
        new Uint8Array(await sharp(image).resize({ width }).png().toBuffer()),
      drawOverlay: async (image) => new Uint8Array(await sharp(image).negate().png().toBuffer()),
      readiness: async () => ({ database: { ok: true, detail: "embedded" } }),
      log: createLog(logLevel),
      hostname: "127.0.0.1",
      port: 0,
      allowedHosts: [],
      trustProxy: false,
      limits: {
        imageBytes: 1024 * 1024,
        questionCharacters: 1000,
        questionsPerMinute: 1000,
        requestsPerMinute: 10_000,
      },
      drainSeconds: 5,
      ...rest,
    },
  };
}
