import { Tokenizer } from "@huggingface/tokenizers";
import { RoraError } from "../../errors.ts";
import { readJson, readOptionalJson } from "./model-directory.ts";

type NamedToken = string | { readonly content: string } | null;

/** What `tokenizer_config.json` may say. */
interface TokenizerConfig {
  readonly chat_template?: string | readonly { readonly name: string; readonly template: string }[];
  readonly bos_token?: NamedToken;
  readonly eos_token?: NamedToken;
  readonly pad_token?: NamedToken;
  readonly model_max_length?: number;
}

export interface TextTokenizer {
  readonly config: TokenizerConfig;
  /** Token ids; `wrap` adds what the tokenizer puts around a text by itself (e.g. beginning and end). */
  encode(text: string, options: { readonly wrap: boolean }): number[];
  /** Text without special tokens. */
  decode(ids: readonly number[]): string;
  /** Text in which nothing is a special token, so that what people or sources wrote cannot pose as one. */
  plain(text: string): string;
  /** Highest id of the vocabulary, tokens that were added to it included. */
  readonly highestId: number;
  idOf(token: string): number | undefined;
  tokenOf(id: number): string | undefined;
}

/** Throws RoraError `unavailable` when the directory has no tokenizer that can be read. */
export async function openTokenizer(directory: string): Promise<TextTokenizer> {
  const json = await readJson<object>(directory, "tokenizer.json");
  const config = (await readOptionalJson<TokenizerConfig>(directory, "tokenizer_config.json")) ?? {};
  const tokenizer = readTokenizer(json, config);
  const special = [...tokenizer.get_added_tokens_decoder().values()]
    .filter((token) => token.special && token.content.trim() !== "")
    .map((token) => token.content);
  return {
    config,
    encode: (text, { wrap }) => tokenizer.encode(text, { add_special_tokens: wrap }).ids,
    decode: (ids) =>
      ids.length === 0
        ? ""
        : tokenizer.decode([...ids], { skip_special_tokens: true, clean_up_tokenization_spaces: false }),
    highestId: Math.max(...tokenizer.get_vocab(true).values()),
    plain: (text) => withoutTokens(text, special),
    idOf: (token) => tokenizer.token_to_id(token),
    tokenOf: (id) => tokenizer.id_to_token(id),
  };
}

function readTokenizer(json: object, config: TokenizerConfig): Tokenizer {
  try {
    return new Tokenizer(json, config);
  } catch (cause) {
    throw new RoraError(
      "unavailable",
      "The model's tokenizer.json is none that Rora can read; download the model again.",
      { cause },
    );
  }
}

/** Token text from the configuration, which writes it as a string or as an object. */
export function tokenText(token: NamedToken | undefined): string {
  return typeof token === "object" ? (token?.content ?? "") : (token ?? "");
}

/**
 * Replaces every occurrence by a space until none is left, since taking one out can join another. A tokenizer may normalise
 * before it looks for tokens, so a text that holds one only after Unicode normalisation or in other case is disarmed in that form.
 */
function withoutTokens(text: string, tokens: readonly string[]): string {
  if (tokens.length === 0) return text;
  const pattern = new RegExp(
    tokens.map((token) => token.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"),
    "giu",
  );
  const normalized = text.normalize("NFKC");
  let result = normalized.search(pattern) >= 0 ? normalized : text;
  while (result.search(pattern) >= 0) result = result.replace(pattern, " ");
  return result;
}
