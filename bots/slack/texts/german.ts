import { german as common } from "../../chat/texts/german.ts";
import type { Texts } from "./english.ts";
import { english } from "./english.ts";

export const german: Texts = { ...english, ...common };
