import { japanese as common } from "../../chat/texts/japanese.ts";
import type { Texts } from "./english.ts";
import { english } from "./english.ts";

export const japanese: Texts = { ...english, ...common };
