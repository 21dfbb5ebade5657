/** What a strict server takes as a chat completions request, and what it reads out of one. */
import sharp from "sharp";
import { z } from "zod";

const textPart = z.strictObject({ type: z.literal("text"), text: z.string().min(1) });
const imagePart = z.strictObject({
  type: z.literal("image_url"),
  image_url: z.strictObject({
    url: z.string().regex(/^data:image\/jpeg;base64,[A-Za-z0-9+/]+={0,2}$/),
    detail: z.enum(["auto", "low", "high"]).optional(),
  }),
});

const chatRequestSchema = z.strictObject({
  model: z.string().min(1),
  stream: z.literal(true),
  stream_options: z.strictObject({ include_usage: z.boolean() }).optional(),
  messages: z.tuple([
    z.strictObject({ role: z.literal("system"), content: z.string().min(1) }),
    z.strictObject({ role: z.literal("user"), content: z.array(z.union([textPart, imagePart])).min(1) }),
  ]),
  max_tokens: z.int().positive().optional(),
  max_completion_tokens: z.int().positive().optional(),
  temperature: z.number().min(0).max(2).optional(),
  logprobs: z.boolean().optional(),
  response_format: z
    .strictObject({
      type: z.literal("json_schema"),
      json_schema: z.strictObject({
        name: z.string().regex(/^[\w-]{1,64}$/),
        strict: z.literal(true),
        schema: z.strictObject({
          type: z.literal("object"),
          properties: z.record(z.string(), z.strictObject({ type: z.enum(["integer", "string"]) })),
          required: z.array(z.string()),
          additionalProperties: z.literal(false),
        }),
      }),
    })
    .optional(),
});
export type ChatRequest = z.infer<typeof chatRequestSchema>;

/** Throws when the request is not one that a strict server takes, or a picture is none. */
export async function readChatRequest(body: unknown, longestSide: number): Promise<ChatRequest> {
  const request = chatRequestSchema.parse(body);
  if ((request.max_tokens === undefined) === (request.max_completion_tokens === undefined))
    throw new Error("give max_tokens or max_completion_tokens, one of them");
  for (const picture of picturesOf(request)) {
    const { width, height, format } = await sharp(picture).metadata();
    if (format !== "jpeg" || Math.max(width, height) > longestSide || Math.min(width, height) < 1)
      throw new Error(`a picture of ${width} × ${height} as ${format} is not taken`);
    await sharp(picture).raw().toBuffer();
  }
  return request;
}

export function picturesOf({ messages: [, { content }] }: ChatRequest): Buffer[] {
  return content.flatMap((part) =>
    part.type === "image_url" ? Buffer.from(part.image_url.url.split(",")[1]!, "base64") : [],
  );
}

/** The prompt as text; a picture stands as `{picture}`. */
export function promptText({ messages: [, { content }] }: ChatRequest): string {
  return content.map((part) => (part.type === "text" ? part.text : "{picture}")).join("");
}

/** What a model that copies would answer: the sentence that holds most of the question's words, names apart, of the likest item. */
export function copiedAnswer(request: ChatRequest): { readonly source: number; readonly answer: string } {
  const [evidence = "", question = ""] = promptText(request).split("Question:");
  const sentences = [...evidence.matchAll(/^\[(\d+)\] (\d+)%(?:\{picture\})? (.*?)\. (.*)$/gm)].flatMap(
    ([, label, likeness, title, passage]) => {
      const asked = wordsOf(question).filter((word) => !wordsOf(title!).includes(word));
      return passage!.split(/(?<=\.) /).map((sentence) => {
        const shared = wordsOf(sentence).filter((word) => asked.includes(word)).length;
        return { source: Number(label), answer: sentence, score: shared + Number(likeness) / 1000 };
      });
    },
  );
  const best = sentences.sort((left, right) => right.score - left.score)[0];
  return best === undefined || best.score < 1 ? { source: 0, answer: "" } : best;
}

/** Words of more than three letters: the others stand everywhere. */
function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().match(/\p{L}{4,}/gu) ?? [])];
}
