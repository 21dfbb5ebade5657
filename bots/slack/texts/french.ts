import { french as common } from "../../chat/texts/french.ts";
import type { Texts } from "./english.ts";
import { english } from "./english.ts";

export const french: Texts = { ...english, ...common };
