import { spanish as common } from "../../chat/texts/spanish.ts";
import type { Texts } from "./english.ts";
import { english } from "./english.ts";

export const spanish: Texts = { ...english, ...common };
