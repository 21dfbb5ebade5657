import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Template } from "@huggingface/jinja";
import type { VisualTokens } from "../../domain/image.ts";
import { RoraError } from "../../errors.ts";
import type { PromptMessage, PromptPart } from "../../ports.ts";
import { readOptionalJson } from "./model-directory.ts";
import { tiledText } from "./picture-tiles.ts";
import type { SeenTokens } from "./seen-picture.ts";
import { type TextTokenizer, tokenText } from "./tokenizer.ts";

/** A prompt as the decoder reads it. */
export interface TokenizedPrompt {
  /** Each picture is a run of image tokens, one for each of its visual tokens; marks stand between those of tiles. */
  readonly ids: readonly number[];
  /** The pictures in the order in which their tokens stand in `ids`. */
  readonly pictures: readonly VisualTokens[];
}

export interface PromptRenderer {
  render(messages: readonly PromptMessage[]): TokenizedPrompt;
}

type Block = { readonly type: "image" } | { readonly type: "text"; readonly text: string };

/**
 * Renders messages with the model's own chat template. Text parts are data: special tokens and the image placeholder in them are
 * taken out before the template sees them. Throws RoraError `unavailable` when the directory has no usable template.
 */
export async function createPromptRenderer(
  directory: string,
  tokenizer: TextTokenizer,
  imageToken: number,
): Promise<PromptRenderer> {
  const template = new Template(await templateSource(directory, tokenizer));
  const placeholder = tokenizer.tokenOf(imageToken);
  if (placeholder === undefined) {
    throw new RoraError(
      "unavailable",
      `The answering model's tokenizer.json has no token ${imageToken}, which config.json names as the image token; download both from one model.`,
    );
  }
  const fill = (messages: readonly { role: string; content: readonly Block[] }[]) =>
    template.render({
      messages,
      add_generation_prompt: true,
      bos_token: tokenText(tokenizer.config.bos_token),
      eos_token: tokenText(tokenizer.config.eos_token),
    });
  const begin = beginningOf(tokenizer);
  const encode = (text: string) => {
    const ids = tokenizer.encode(text, { wrap: false });
    return begin === undefined || ids[0] === begin ? ids : [begin, ...ids];
  };
  const blocksOf = keepsOrder(fill, placeholder)
    ? toBlocks
    : (parts: readonly PromptPart[], plain: Plain) => inline(parts, plain, placeholder);

  return {
    render(messages) {
      const text = fill(
        messages.map(({ role, content }) => ({ role, content: blocksOf(content, tokenizer.plain) })),
      );
      const pictures = messages.flatMap(({ content }) =>
        content.flatMap((part) => (part.kind === "image" ? (part.picture.tokens ?? []) : [])),
      );
      const ids = encode(withPictures(text, placeholder, pictures));
      const tokens = pictures.reduce((sum, { patches }) => sum + patches.length, 0);
      if (ids.filter((id) => id === imageToken).length !== tokens) throw unfit();
      return { ids, pictures };
    },
  };
}

type Plain = (text: string) => string;

/** Neighbouring text is joined first, so that no special token can be put together across a seam. */
function toBlocks(parts: readonly PromptPart[], plain: Plain): Block[] {
  const joined: PromptPart[] = [];
  for (const part of parts) {
    if (part.kind === "image" && part.picture.tokens === null) continue;
    const last = joined.at(-1);
    if (part.kind === "text" && last?.kind === "text")
      joined[joined.length - 1] = { kind: "text", text: last.text + part.text };
    else joined.push(part);
  }
  return joined.map((part) =>
    part.kind === "image" ? { type: "image" } : { type: "text", text: plain(part.text) },
  );
}

/** One text block that holds the placeholders, for templates that would move every picture to the front (LLaVA's do). */
function inline(parts: readonly PromptPart[], plain: Plain, placeholder: string): Block[] {
  const blocks = toBlocks(parts, plain);
  return [
    {
      type: "text",
      text: blocks.map((block) => (block.type === "image" ? placeholder : block.text)).join(""),
    },
  ];
}

/** Whether pictures stay between the texts they belong to; evidence makes sense in no other order. */
function keepsOrder(
  fill: (messages: { role: string; content: Block[] }[]) => string,
  placeholder: string,
): boolean {
  const content: Block[] = [
    { type: "text", text: "before" },
    { type: "image" },
    { type: "text", text: "after" },
  ];
  const text = fill([{ role: "user", content }]);
  const picture = text.indexOf(placeholder);
  return text.indexOf("before") < picture && picture < text.indexOf("after");
}

/**
 * Puts in each placeholder's place what stands for its picture, before the text becomes tokens, as Hugging Face's processors do:
 * marks are told from words by what stands beside them.
 */
function withPictures(text: string, placeholder: string, pictures: readonly SeenTokens[]): string {
  const [first, ...others] = text.split(placeholder);
  if (others.length !== pictures.length) throw unfit();
  return others.reduce((whole, piece, index) => {
    const { tiling, keptByTile, patches } = pictures[index]!;
    const stands =
      tiling == null ? placeholder.repeat(patches.length) : tiledText(tiling, keptByTile!, placeholder);
    return whole + stands + piece;
  }, first!);
}

function unfit(): RoraError {
  return new RoraError(
    "unavailable",
    "The answering model's chat template does not take pictures as Rora gives them.",
  );
}

/** What the tokenizer puts before every text by itself (Llama's does), unless the template has done so. */
function beginningOf(tokenizer: TextTokenizer): number | undefined {
  const begin = tokenizer.idOf(tokenText(tokenizer.config.bos_token));
  return begin !== undefined && tokenizer.encode("", { wrap: true })[0] === begin ? begin : undefined;
}

/**
 * In a file of its own, or in `tokenizer_config.json`, alone or among named ones. The file comes first: beside it the tokenizer's
 * own is often the language model's, which knows no pictures.
 */
async function templateSource(directory: string, tokenizer: TextTokenizer): Promise<string> {
  const file = join(directory, "chat_template.jinja");
  if (existsSync(file)) return readFile(file, "utf8");
  const json = await readOptionalJson<{ readonly chat_template?: string }>(directory, "chat_template.json");
  const configured = json?.chat_template ?? tokenizer.config.chat_template;
  const template =
    typeof configured === "string"
      ? configured
      : configured?.find(({ name }) => name === "default")?.template;
  if (template !== undefined) return template;
  throw new RoraError(
    "unavailable",
    "The answering model has no chat template; choose an instruction-tuned model.",
  );
}
