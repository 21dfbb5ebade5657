import type { InferenceSession, Tensor } from "onnxruntime-node";
import type { PromptPicture } from "../../domain/image.ts";
import { RoraError } from "../../errors.ts";
import type { PromptRenderer } from "./prompt.ts";
import type { TextTokenizer } from "./tokenizer.ts";

export interface ModelParts {
  readonly decoder: InferenceSession;
  embed(ids: readonly number[]): Promise<Tensor>;
  readonly tokenizer: TextTokenizer;
  readonly prompts: PromptRenderer;
  /** Numbers of a visual token, where it is known who makes them. */
  readonly featureSize: number | undefined;
}

/** Whether files that lie in one folder belong to one model. Throws RoraError `unavailable` that names those that do not. */
export async function checkParts(parts: ModelParts): Promise<void> {
  const { decoder, embed, tokenizer, prompts, featureSize } = parts;
  const embedding = await embed([tokenizer.highestId]).catch((cause: unknown) => {
    throw new RoraError(
      "unavailable",
      `The answering model's tokenizer.json has ${tokenizer.highestId + 1} tokens, which is more than its embed_tokens holds; download both from one model.`,
      { cause },
    );
  });
  const width = embedding.dims[2]!;
  const wanted = widthOf(decoder, "inputs_embeds");
  if (wanted !== undefined && wanted !== width) {
    throw new RoraError(
      "unavailable",
      `The answering model's embed_tokens gives ${width} numbers a token and its decoder wants ${wanted}; download both from one model.`,
    );
  }
  if (featureSize !== undefined && featureSize !== width) {
    throw new RoraError(
      "unavailable",
      `The answering model wants ${width} numbers a visual token and the vision_encoder gives ${featureSize}; use both of one model.`,
    );
  }
  prompts.render([
    {
      role: "user",
      content: [
        { kind: "text", text: "Ready?" },
        { kind: "image", picture: onePatch(width) },
      ],
    },
  ]);
}

/** A picture of which one grey patch is shown. */
function onePatch(featureSize: number): PromptPicture {
  return {
    tokens: { patches: [0], features: new Float32Array(featureSize), featureSize, total: 1 },
    map: { rows: 1, columns: 1, scores: [0], kept: [0] },
    decode: () => Promise.reject(new RoraError("image-unreadable", "This picture has no pixels.")),
  };
}

function widthOf(session: InferenceSession, input: string): number | undefined {
  const metadata = session.inputMetadata.find(({ name }) => name === input);
  const width = metadata?.isTensor ? metadata.shape.at(-1) : undefined;
  return typeof width === "number" ? width : undefined;
}
