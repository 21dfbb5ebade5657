import { chinese as common } from "../../chat/texts/traditional-chinese.ts";
import type { Texts } from "./english.ts";
import { english } from "./english.ts";

export const chinese: Texts = { ...english, ...common };
