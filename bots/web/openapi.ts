/** The HTTP interface as OpenAPI 3.1, made from the schemas that validate it. */
import { z } from "zod";
import { ASKER_HEADER, CORE_TOKEN_HEADER } from "../../src/domain/core-interface.ts";
import {
  coreQuestionSchema,
  entitiesSchema,
  entitySchema,
  erasureSchema,
  errorSchema,
  eventSchema,
  examplesSchema,
  feedbackSchema,
  interactionSchema,
  readinessSchema,
  replySchema,
} from "./schemas.ts";

const schemas = {
  Reply: replySchema,
  Event: eventSchema,
  CoreQuestion: coreQuestionSchema,
  Interaction: interactionSchema,
  Feedback: feedbackSchema,
  Entity: entitySchema,
  Entities: entitiesSchema,
  Examples: examplesSchema,
  Erasure: erasureSchema,
  Readiness: readinessSchema,
  Error: errorSchema,
};

const reference = (name: keyof typeof schemas) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: keyof typeof schemas, description: string) => ({
  description,
  content: { "application/json": { schema: reference(name) } },
});
const picture = (description: string) => ({ description, content: { "image/png": {} } });
const refusal = (description: string) => json("Error", description);
const pathParameter = (name: string, format?: string) => ({
  name,
  in: "path",
  required: true,
  schema: { type: "string", ...(format && { format }) },
});

const texts = (description: string) => ({ type: "array", items: { type: "string" }, description });
const teach = {
  summary: "Teach an entity",
  description:
    "For who holds the ADMIN_TOKEN. The same title taught again replaces what was there. Fields with several values are repeated.",
  security: [{ adminToken: [] }],
  requestBody: {
    required: true,
    content: {
      "multipart/form-data": {
        schema: {
          type: "object",
          required: ["title", "passage"],
          properties: {
            title: { type: "string" },
            description: { type: "string", description: "One sentence." },
            url: { type: "string", format: "uri", description: "Where a person can read on." },
            alias: texts("Other names people use."),
            passage: texts("What is known, one to four sentences each."),
            section: texts("A heading for each passage, in the same order."),
            image: {
              type: "array",
              items: { type: "string", format: "binary" },
              description: "What it looks like.",
            },
          },
        },
      },
    },
  },
  responses: {
    201: json("Entity", "Learnt: the next question can find it."),
    400: refusal("`bad-request`: which field is wrong, and why."),
    401: refusal("`unauthorized`: no or another token."),
    413: refusal("`image-too-large`."),
    422: refusal("`image-unreadable`."),
  },
};

const ask = {
  summary: "Ask about a picture",
  description:
    "With `Accept: text/event-stream` the answer comes as server-sent events named by their kind, ending with " +
    "`answer-end` or `error`; else as one JSON.",
  requestBody: {
    required: true,
    content: {
      "multipart/form-data": {
        schema: {
          type: "object",
          required: ["question"],
          properties: {
            image: { type: "string", format: "binary", description: "May be left out in a follow-up." },
            question: { type: "string" },
            conversation: { type: "string", description: "From an earlier reply, to ask on." },
          },
        },
      },
    },
  },
  responses: {
    200: {
      description: "The answer, or an abstention when nothing fits.",
      content: {
        "application/json": { schema: reference("Reply") },
        "text/event-stream": { schema: reference("Event") },
      },
    },
    400: refusal("`question-missing`, `question-too-long`, `image-missing` or `bad-request`."),
    413: refusal("`image-too-large`."),
    422: refusal("`image-unreadable`."),
    429: refusal("`rate-limited`; Retry-After says when to try again."),
    503: refusal("`busy` or `unavailable`; Retry-After says when to try again."),
  },
};

const coreAsk = {
  summary: "Ask as a bot of the same installation",
  description:
    "For who holds the CORE_TOKEN. Server-sent events as of /api/ask, but each with all that the assistant knows, pictures' bytes " +
    "included, and faults as `error` events. Between processes of one version only.",
  security: [{ coreToken: [] }],
  requestBody: {
    required: true,
    content: {
      "multipart/form-data": {
        schema: {
          type: "object",
          required: ["question"],
          properties: {
            question: reference("CoreQuestion"),
            image: { type: "string", format: "binary", description: "May be left out in a follow-up." },
          },
        },
        encoding: { question: { contentType: "application/json" } },
      },
    },
  },
  responses: {
    200: { description: "The events.", content: { "text/event-stream": {} } },
    400: refusal("`bad-request`, `question-missing` or `question-too-long`."),
    401: refusal("`unauthorized`: no or another token."),
    413: refusal("`image-too-large`."),
  },
};

const paths = {
  "/api/core/ask": { post: coreAsk },
  "/api/ask": { post: ask },
  "/api/interactions/{id}": {
    parameters: [pathParameter("id", "uuid")],
    get: {
      summary: "An earlier question and its reply",
      responses: { 200: json("Interaction", "As it was answered."), 404: refusal("`not-found`.") },
    },
  },
  "/api/interactions/{id}/relevance.png": {
    parameters: [pathParameter("id", "uuid")],
    get: {
      summary: "The picture with its relevance map laid over it",
      responses: { 200: picture("The overlay."), 404: refusal("`not-found`: no map, or no picture kept.") },
    },
  },
  "/api/interactions/{id}/feedback": {
    parameters: [pathParameter("id", "uuid")],
    post: {
      summary: "Say whether a reply helped, and what was wrong",
      requestBody: { required: true, content: { "application/json": { schema: reference("Feedback") } } },
      responses: {
        204: { description: "Kept. A later verdict of the same person replaces it." },
        400: refusal("`bad-request`."),
        404: refusal("`not-found`."),
      },
    },
  },
  "/api/entities": {
    get: {
      summary: "Look entities up by name",
      parameters: [{ name: "query", in: "query", required: true, schema: { type: "string" } }],
      responses: { 200: json("Entities", "Best match first.") },
    },
    post: teach,
  },
  "/api/entities/{id}/image": {
    parameters: [pathParameter("id")],
    get: {
      summary: "A small picture of an entity",
      responses: { 200: picture("192 pixels wide."), 404: refusal("`not-found`.") },
    },
  },
  "/api/examples": {
    get: { summary: "Bundled example scenes", responses: { 200: json("Examples", "Scenes and questions.") } },
  },
  "/api/me": {
    get: {
      summary: "What is kept of me",
      responses: { 200: { description: "Everything.", content: { "application/json": {} } } },
    },
    delete: { summary: "Erase what is kept of me", responses: { 200: json("Erasure", "Erased.") } },
  },
  "/health": { get: { summary: "Alive", responses: { 200: { description: "The process answers." } } } },
  "/ready": {
    get: {
      summary: "Each dependency by name",
      responses: {
        200: json("Readiness", "All that is needed can be used."),
        503: json("Readiness", "One that is needed cannot be used."),
      },
    },
  },
  "/metrics": {
    get: {
      summary: "Figures for Prometheus",
      responses: { 200: { description: "Exposition format.", content: { "text/plain": {} } } },
    },
  },
  "/api/openapi.json": {
    get: { summary: "This document", responses: { 200: { description: "OpenAPI 3.1." } } },
  },
};

/** The document served at /api/openapi.json. */
export function openApiDocument(): Record<string, unknown> {
  return {
    openapi: "3.1.0",
    info: { title: "Rora", version: "0.1.0", description: "Ask about an image; get a cited answer." },
    paths,
    components: {
      securitySchemes: {
        adminToken: { type: "http", scheme: "bearer" },
        coreToken: {
          type: "apiKey",
          in: "header",
          name: CORE_TOKEN_HEADER,
          description: `With it, ${ASKER_HEADER} says who asks: tenant/pseudonym, each percent-encoded. ROLE=core wants it everywhere.`,
        },
      },
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => {
          const { $schema: _, ...body } = z.toJSONSchema(schema);
          return [name, body];
        }),
      ),
    },
  };
}
