/** Models that were run with this version. What cannot be loaded does not stand here. */
import type { Precision } from "./domain/model-files.ts";

export interface CatalogueEntry {
  /** What MODEL_DIR is set to: `owner/name@revision`, or a folder of the project. */
  readonly model: string;
  readonly encoder: string;
  readonly answerModel: string;
  readonly dtype: Precision;
  /** What it adds to the process once it has answered, in millions of bytes, measured on the CPU. */
  readonly memoryMegabytes: number;
  readonly licence: string;
  /** What query-oriented refinement can do with it: which visual tokens are pruned. */
  readonly refinement: string;
}

export const catalogue: readonly CatalogueEntry[] = [
  {
    model: "models/starter",
    encoder: "Rora starter, convolutions and 2 transformer layers, 10 × 10 patches",
    answerModel: "Rora starter, 4 layers",
    dtype: "fp32",
    memoryMegabytes: 150,
    licence: "apache-2.0",
    refinement:
      "one tower serves all: patches of the question's picture and of retrieved pictures are pruned",
  },
];
