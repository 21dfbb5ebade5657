/** What the assistant is made of, and how many of each thing it takes. */
import type { CriticWeights } from "./domain/critic.ts";
import type {
  AnswerModel,
  ImageDecoder,
  ImageEncoder,
  KnowledgeIndex,
  KnowledgeStore,
  Ledger,
  TextEncoder,
} from "./ports.ts";
import type { CloserLookOptions } from "./vision/closer-look.ts";
import type { FocusOptions } from "./vision/focus.ts";
import type { RefinementOptions } from "./vision/refinement.ts";

export interface AssistantParts {
  readonly decoder: ImageDecoder;
  /** Reads our own knowledge's pictures, drawings included; people's pictures go through `decoder`. */
  readonly knowledgeDecoder: ImageDecoder;
  readonly imageEncoder: ImageEncoder;
  readonly textEncoder: TextEncoder;
  readonly answerModel: AnswerModel;
  readonly index: KnowledgeIndex;
  readonly store: KnowledgeStore;
  readonly ledger: Ledger;
  readonly critic: CriticWeights;
  readonly settings: AssistantSettings;
}

export interface AssistantSettings {
  /** Entities taken from stage 1. */
  readonly entities: number;
  readonly passagesPerEntity: number;
  readonly unfilteredPassages: number;
  /** Look-alikes whose names expand the question. */
  readonly expandBy: number;
  /** Most items in the prompt. */
  readonly evidence: number;
  readonly maximumTokens: number;
  readonly refinement: RefinementOptions;
  readonly focus: FocusOptions;
  readonly closerLook: CloserLookOptions;
}

/** Counts of patches are for a grid of 100, see `settingsFor`. */
export const DEFAULT_SETTINGS: AssistantSettings = {
  entities: 8,
  passagesPerEntity: 2,
  unfilteredPassages: 4,
  expandBy: 3,
  evidence: 5,
  maximumTokens: 64,
  // Of the starter's 100 patches; what it was trained with (training/starter/encoded_scenes.py).
  refinement: { keepQuery: 8, keepRetrieved: 8 },
  focus: { patches: 4, weight: 2 },
  closerLook: { below: 0.15, margin: 1 },
};

/** As many of a grid's patches as DEFAULT_SETTINGS takes of the starter's 100: the only share that is measured. At least 4. */
export function settingsFor({ patches }: Pick<ImageEncoder, "patches">): AssistantSettings {
  if (patches.kind === "none") return DEFAULT_SETTINGS;
  const share = (of100: number) => Math.max(4, Math.round((of100 * patches.count) / 100));
  const { refinement, focus } = DEFAULT_SETTINGS;
  return {
    ...DEFAULT_SETTINGS,
    refinement: { keepQuery: share(refinement.keepQuery), keepRetrieved: share(refinement.keepRetrieved) },
    focus: { ...focus, patches: share(focus.patches) },
  };
}
