/** What the encoder in use cannot do, in the words of the log, of /ready and of the doctor. Pure. */
import { unfittedCritic } from "../critic-file.ts";
import type { Model } from "./model.ts";

export interface Shortcoming {
  readonly name: "Refinement" | "Critic";
  /** A sentence without its full stop: what is missing, why, and what would change that. */
  readonly detail: string;
}

type Retrieving = Pick<Model, "imageEncoder" | "critic">;

export function shortcomings({ imageEncoder: { patches }, critic }: Retrieving): Shortcoming[] {
  const found: Shortcoming[] = [];
  if (patches.kind === "none") {
    const detail = `refinement is off, pictures are looked at and shown as a whole: ${patches.reason}`;
    found.push({ name: "Refinement", detail });
  }
  if (critic.version === unfittedCritic.version) {
    const detail =
      "the encoder has no critic.json: evidence is only ranked, never found irrelevant, and confidences are no probabilities; fit one with `npx tsx training/critic/fit.ts SCENES --model FOLDER`";
    found.push({ name: "Critic", detail });
  }
  return found;
}

/** The encoder's name, and what it cannot do. */
export function encoderDetail(model: Retrieving): string {
  return [model.imageEncoder.id, ...shortcomings(model).map(({ detail }) => detail)].join("; ");
}
