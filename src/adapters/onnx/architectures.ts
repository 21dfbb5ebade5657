/** The vision-language models Rora knows how to prompt, by `model_type` of config.json. Knows nothing of files or graphs. */
import { RoraError } from "../../errors.ts";

export interface Architecture {
  /** `grid`: a picture is one square of tokens. `tiles`: several squares and the whole, with marks between them. */
  readonly pictures: "grid" | "tiles";
  /** Visual tokens at a picture's end that lie nowhere in it; they always stay. */
  readonly closingTokens: number;
  /** Whether it was trained on Rora's prompts, and needs to be told nothing. */
  readonly knowsPrompts: boolean;
}

const GRID: Architecture = { pictures: "grid", closingTokens: 0, knowsPrompts: false };
const TILES: Architecture = { ...GRID, pictures: "tiles" };

const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
  rora_starter: { ...GRID, knowsPrompts: true },
  llava: GRID,
  llava_qwen2: GRID,
  // At its base resolution: the picture and a learnt line end, which exports may leave out.
  llava_onevision: { ...GRID, closingTokens: 1 },
  idefics3: TILES,
  smolvlm: TILES,
};

/** Throws RoraError `unavailable` for an architecture that nobody taught Rora. */
export function architectureOf(modelType: string | undefined): Architecture {
  const known = ARCHITECTURES[modelType ?? ""];
  if (known !== undefined) return known;
  throw new RoraError(
    "unavailable",
    `The answering model is of the architecture "${modelType ?? "unknown"}", which Rora cannot run; choose one of ${Object.keys(ARCHITECTURES).slice(1).join(", ")}, or serve it and set VLM_URL.`,
  );
}
