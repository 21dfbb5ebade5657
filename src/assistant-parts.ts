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
