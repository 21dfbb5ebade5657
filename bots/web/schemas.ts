/** The shapes of the HTTP interface: they validate what comes in, type what goes out, and become openapi.json. */
import { z } from "zod";
import { ERROR_CODES } from "../../src/errors.ts";

const tokenCountSchema = z.object({ total: z.number(), kept: z.number() });

const entitySummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  url: z.string(),
  imageUrl: z.string().nullable().describe("Relative address of a small picture of the entity."),
});

const noticeSchema = z.object({ kind: z.string(), text: z.string() });

const evidenceSchema = z.object({
  label: z.number().describe("1-based position in the prompt; what a citation names."),
  cited: z.boolean(),
  relevance: z.number().describe("Probability that entity and passage both fit, 0 to 1."),
  entity: entitySummarySchema,
  passage: z.object({ id: z.string(), section: z.string(), text: z.string(), url: z.string() }),
  scores: z.object({ image: z.number().nullable(), text: z.number().nullable(), fused: z.number() }),
});

export const replySchema = z.object({
  interactionId: z.string(),
  kind: z.enum(["answer", "abstention"]),
  text: z.string(),
  confidence: z.number().describe("Probability that the reply is right, 0 to 1."),
  reason: z.enum(["nothing-relevant", "not-in-evidence"]).optional().describe("Only of an abstention."),
  citations: z.array(z.object({ label: z.number(), start: z.number(), end: z.number() })),
  evidence: z.array(evidenceSchema),
  relevanceMap: z
    .object({
      rows: z.number(),
      columns: z.number(),
      scores: z.array(z.number()).describe("Row by row, rows × columns long."),
      kept: z.array(z.number()).describe("Indices into scores."),
    })
    .nullable()
    .describe("Null without a picture, and where the encoder does not tell a picture's parts apart."),
  visualTokens: z.object({ query: tokenCountSchema, retrieved: tokenCountSchema }),
  conversation: z.string(),
  notices: z.array(noticeSchema).describe("How the picture was read, where that is worth knowing."),
  models: z.object({ encoder: z.string(), answer: z.string(), critic: z.string(), knowledge: z.string() }),
  timings: z
    .object({
      decode: z.number(),
      encode: z.number(),
      entities: z.number(),
      passages: z.number(),
      critic: z.number(),
      refine: z.number(),
      generate: z.number(),
      total: z.number(),
    })
    .describe("Milliseconds per stage."),
});

/** The field `question` of `POST /api/core/ask`. */
export const coreQuestionSchema = z.strictObject({
  id: z.string().min(1).max(100).describe("Made by the caller: sent again, the question is answered once."),
  text: z.string(),
  conversation: z.string().optional(),
  asker: z.strictObject({ tenant: z.string().min(1).max(200), pseudonym: z.string().min(1).max(200) }),
  platform: z.enum(["web", "discord", "slack", "cli"]),
  platformEventId: z.string().min(1).max(200).optional(),
});

export const eventSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("queued"), ahead: z.number() }),
  z.object({
    kind: z.literal("image-read"),
    width: z.number(),
    height: z.number(),
    notices: z.array(noticeSchema),
  }),
  z.object({
    kind: z.literal("entities-found"),
    entities: z.array(z.object({ entity: entitySummarySchema, similarity: z.number().nullable() })),
  }),
  z.object({ kind: z.literal("evidence-chosen"), evidence: z.array(evidenceSchema) }),
  z.object({ kind: z.literal("answer-start") }),
  z.object({ kind: z.literal("answer-delta"), text: z.string() }),
  z.object({ kind: z.literal("answer-end"), reply: replySchema }),
]);

export const interactionSchema = z.object({
  interactionId: z.string(),
  createdAt: z.iso.datetime(),
  question: z.string(),
  reply: replySchema,
});

export const feedbackSchema = z.strictObject({
  verdict: z.enum(["helpful", "unhelpful"]),
  reason: z.enum(["wrong-entity", "wrong-fact", "bad-source", "not-understood"]).optional(),
  correctEntityId: z.string().min(1).max(200).optional(),
  correctedAnswer: z.string().max(1000).optional(),
  evidence: z
    .array(z.strictObject({ label: z.int().min(1), relevant: z.boolean() }))
    .max(50)
    .optional(),
  comment: z.string().max(2000).optional(),
});

export const entitySchema = entitySummarySchema.extend({ description: z.string() });
export const entitiesSchema = z.object({ entities: z.array(entitySchema) });

export const exampleFileSchema = z.object({
  file: z.string(),
  alt: z.string(),
  credit: z.string(),
  questions: z.array(z.string()),
});

export const examplesSchema = z.object({
  examples: z.array(exampleFileSchema.omit({ file: true }).extend({ url: z.string() })),
});

export const erasureSchema = z.object({ erased: z.number().describe("How many interactions went.") });

export const readinessSchema = z.object({
  ready: z.boolean(),
  dependencies: z.record(
    z.string(),
    z.object({
      ok: z.boolean(),
      detail: z.string(),
      needed: z.boolean().optional().describe("False: questions are answered without it."),
    }),
  ),
});

export const errorSchema = z.object({
  error: z.object({
    code: z.enum(ERROR_CODES),
    message: z.string().describe("A plain sentence that can be shown to people."),
    interactionId: z.string().optional(),
    retryAfterSeconds: z.number().optional().describe("Asking again makes sense after so long."),
  }),
});

export type EntitySummaryJson = z.infer<typeof entitySummarySchema>;
export type EvidenceJson = z.infer<typeof evidenceSchema>;
export type ReplyJson = z.infer<typeof replySchema>;
export type EventJson = z.infer<typeof eventSchema>;
export type InteractionJson = z.infer<typeof interactionSchema>;
export type ErrorJson = z.infer<typeof errorSchema>;
