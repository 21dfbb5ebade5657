/** Texts as rows of token ids, as the text tower was trained to read them; and whether the tokenizer is that tower's at all. */
import { RoraError } from "../../errors.ts";
import { architecture, type ModelConfig, readJson } from "./model-directory.ts";
import { openTokenizer, tokenText } from "./tokenizer.ts";

export interface TextTokens {
  /** At most `longest` ids, those of the tokenizer's frame included; never none. */
  idsOf(text: string): number[];
  readonly padding: number;
  readonly highestId: number;
}

/** What transformers takes where CLIP's config.json says nothing; the hub's say only what differs from it. */
const CLIP_LENGTH = 77;
/** tokenizer_config.json writes "no limit" as a number beyond all reason. */
const NO_LIMIT = 1e6;
/** CLIP's configurations from before 2023 say 2 and mean the highest id (transformers, modeling_clip.py). */
const LEGACY_CLOSING = 2;

/** Throws RoraError `unavailable` when tokenizer and configuration are of different models. */
export async function openTextTokens(directory: string): Promise<TextTokens> {
  const config = await readJson<ModelConfig>(directory, "config.json");
  const tokenizer = await openTokenizer(directory);
  const closing = tokenizer.encode("", { wrap: true }).at(-1);
  const { highestId } = tokenizer;
  const vocabulary = config.text_config?.vocab_size ?? config.vocab_size ?? Number.POSITIVE_INFINITY;
  const clip = config.model_type === "clip";
  const pooled = clip ? (config.text_config?.eos_token_id ?? closing) : closing;
  if (highestId >= vocabulary || closing !== (pooled === LEGACY_CLOSING && clip ? highestId : pooled)) {
    throw await foreignTokenizer(directory);
  }
  const padding = tokenizer.idOf(tokenText(tokenizer.config.pad_token)) ?? 0;
  const allowed = tokenizer.config.model_max_length ?? Number.POSITIVE_INFINITY;
  const longest =
    config.text_config?.max_position_embeddings ??
    config.max_position_embeddings ??
    (allowed < NO_LIMIT ? allowed : clip ? CLIP_LENGTH : Number.POSITIVE_INFINITY);
  return {
    idsOf(text) {
      const ids = truncated(tokenizer.encode(tokenizer.plain(text), { wrap: true }), longest, closing);
      return ids.length === 0 ? [padding] : ids;
    },
    padding,
    highestId,
  };
}

export async function foreignTokenizer(directory: string, cause?: unknown): Promise<RoraError> {
  return new RoraError(
    "unavailable",
    `The tokenizer.json of ${await architecture(directory)} is not that of its text encoder: their tokens differ. Download the model again, all of it from one place.`,
    { cause },
  );
}

/** Keeps the closing token, if the tokenizer sets one: CLIP-like towers read the whole text from it. */
function truncated(ids: number[], longest: number, closing: number | undefined): number[] {
  if (ids.length <= longest) return ids;
  return closing === undefined ? ids.slice(0, longest) : [...ids.slice(0, longest - 1), closing];
}
