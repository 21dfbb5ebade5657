import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Template } from "@huggingface/jinja";
import type { VisualTokens } from "../../domain/image.ts";
import { RoraError } from "../../errors.ts";
import type { PromptMessage, PromptPart } from "../../ports.ts";
import { type TextTokenizer, tokenText } from "./tokenizer.ts";

/** A prompt as the decoder reads it. */
export interface TokenizedPrompt {
  /** Each picture is a run of image tokens, one for each of its visual tokens. */
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
  const placeholder = tokenizer.tokenOf(imageToken) ?? "";
  const fill = (messages: readonly { role: string; content: readonly Block[] }[]) =>
    template.render({
      messages,
      add_generation_prompt: true,
      bos_token: tokenText(tokenizer.config.bos_token),
      eos_token: tokenText(tokenizer.config.eos_token),
    });
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
      return { ids: expand(tokenizer.encode(text, { wrap: false }), imageToken, pictures), pictures };
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

/** Repeats each image token for as many visual tokens as its picture kept. */
function expand(ids: readonly number[], imageToken: number, pictures: readonly VisualTokens[]): number[] {
  let next = 0;
  const expanded = ids.flatMap((id) =>
    id === imageToken ? new Array<number>(pictures[next++]?.patches.length ?? 0).fill(imageToken) : [id],
  );
  if (next !== pictures.length) {
    throw new RoraError(
      "unavailable",
      "The answering model's chat template does not take pictures as Rora gives them.",
    );
  }
  return expanded;
}

/** In `tokenizer_config.json`, alone or among named ones, or in a file of its own. */
async function templateSource(directory: string, tokenizer: TextTokenizer): Promise<string> {
  const configured = tokenizer.config.chat_template;
  if (typeof configured === "string") return configured;
  const named = configured?.find(({ name }) => name === "default")?.template;
  if (named !== undefined) return named;
  return readFile(join(directory, "chat_template.jinja"), "utf8").catch((cause: unknown) => {
    throw new RoraError(
      "unavailable",
      "The answering model has no chat template; choose an instruction-tuned model.",
      { cause },
    );
  });
}
