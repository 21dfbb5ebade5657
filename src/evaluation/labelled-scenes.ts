/** Pictures with questions whose answers are known, as training/critic/scenes.py writes them. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

export interface LabelledQuestion {
  readonly text: string;
  /** What is asked after, e.g. `currency`; `none` where no passage answers. */
  readonly fact: string;
  /** Theme of the passage that answers, e.g. `money`; null where none does. */
  readonly theme: string | null;
  /** Entities it is about; several where their flags are identical, and any of them is right. */
  readonly entities: readonly string[];
  /** Accepted answers; empty where the right reply is not to know. */
  readonly answers: readonly string[];
  /** False for a question that comes without the picture and names its entity. */
  readonly image: boolean;
}

export interface LabelledScene {
  /** File name beside labels.jsonl. */
  readonly file: string;
  /** How the flags are shown: `bare`, `half`, `small` or `several`. */
  readonly kind: string;
  /** 0…1. */
  readonly difficulty: number;
  /** Whose drawings. */
  readonly artist: string;
  /** Every entity whose flag is shown. */
  readonly entities: readonly string[];
  readonly questions: readonly LabelledQuestion[];
}

/** Reads FOLDER/labels.jsonl. */
export async function readLabelledScenes(folder: string): Promise<LabelledScene[]> {
  const lines = (await readFile(join(folder, "labels.jsonl"), "utf8")).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as LabelledScene);
}

/** Bytes of a scene's picture. */
export async function readScenePicture(folder: string, scene: LabelledScene): Promise<Uint8Array> {
  return new Uint8Array(await readFile(join(folder, scene.file)));
}
