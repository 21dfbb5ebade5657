/** A model on the hub as people write it. */
import { RoraError } from "../../errors.ts";

export interface ModelName {
  /** `owner/name`. */
  readonly name: string;
  /** Branch, tag or commit; undefined where none was named. */
  readonly revision?: string | undefined;
}

export const DEFAULT_REVISION = "main";

const part = "[A-Za-z0-9](?:[\\w.-]*\\w)?";
const pattern = new RegExp(`^(${part}/${part})(?:@(${part}(?:/${part})*))?$`);

/** Reads `owner/name` or `owner/name@revision`; null when it is neither. No name leads out of the cache's folders. */
export function readModelName(text: string): ModelName | null {
  const [, name, revision] = pattern.exec(text) ?? [];
  if (name === undefined || /\.\.|--/.test(name) || revision?.includes("..")) return null;
  return { name, revision };
}

/** As above. Throws RoraError `bad-request` when it is no name. */
export function parseModelName(text: string): ModelName {
  const name = readModelName(text);
  if (name !== null) return name;
  throw new RoraError("bad-request", "Name a model as owner/name or owner/name@revision, as the hub does.");
}

/** `owner/name@revision`, without a revision that was not named. */
export function writeModelName({ name, revision }: ModelName): string {
  return revision === undefined ? name : `${name}@${revision}`;
}
