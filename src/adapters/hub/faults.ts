/** What can go wrong with the hub, in plain words. Never names the token. */
import { HubApiError } from "@huggingface/hub";
import { RoraError } from "../../errors.ts";
import type { Hub } from "./hub.ts";
import { type ModelName, writeModelName } from "./model-name.ts";

/** A status that refuses a request. */
export function statusFault(hub: Hub, model: ModelName, status: number, cause?: unknown): RoraError {
  const name = writeModelName(model);
  const options = { cause };
  if (status === 401 || status === 403) {
    const way =
      hub.token === undefined
        ? "If it is private or gated, accept its conditions on its page and set HF_TOKEN to a token that may read it; otherwise check the name."
        : "Check that HF_TOKEN is valid and may read this model, and that its conditions are accepted on its page.";
    return new RoraError("unauthorized", `The hub does not hand out ${name}. ${way}`, options);
  }
  if (status === 404) {
    return new RoraError(
      "not-found",
      `The hub has no ${name}. Check the spelling of owner, name and revision.`,
      options,
    );
  }
  if (status === 429) {
    return new RoraError(
      "rate-limited",
      "The hub gets too many requests from here. Try again in a few minutes; with HF_TOKEN set, more are allowed.",
      options,
    );
  }
  return new RoraError(
    "unavailable",
    `The hub has trouble (status ${status}). Try again later; what was downloaded so far is kept.`,
    options,
  );
}

/** Whatever a request to the hub's interface has thrown. */
export function hubFault(hub: Hub, model: ModelName, error: unknown): RoraError {
  if (error instanceof RoraError) return error;
  if (error instanceof HubApiError) return statusFault(hub, model, error.statusCode, error);
  // fetch tells a broken connection as a TypeError with the system's error as its cause.
  if (error instanceof TypeError && error.cause !== undefined) return unreachable(error);
  return notTheHub(error);
}

/** The answer is no JSON, or not the hub's: a login page of the network, a proxy, a wrong address. */
export function notTheHub(cause?: unknown): RoraError {
  return new RoraError(
    "unavailable",
    "What answers is not a Hugging Face hub. Check HF_ENDPOINT, and whether this network asks for a login first.",
    { cause },
  );
}

export function unreachable(cause: unknown): RoraError {
  return new RoraError(
    "unavailable",
    "The hub cannot be reached. Check the network and HF_ENDPOINT; models that are here already work without it.",
    { cause },
  );
}

/** The system's error while writing into the cache; anything else as it is. */
export function writingFault(error: unknown): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOSPC":
    case "EDQUOT":
      return new RoraError(
        "unavailable",
        "The disk of the model cache is full. Free some space or set HF_HOME to a folder on another disk; the next pull goes on from here.",
        { cause: error },
      );
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "ENOTDIR":
      return new RoraError(
        "unavailable",
        "The model cache cannot be written to. Check the owner and the rights of its folder, or set HF_HOME to another one.",
        { cause: error },
      );
    default:
      return error;
  }
}

export function notHere(model: ModelName): RoraError {
  const name = writeModelName(model);
  return new RoraError(
    "not-found",
    `The model ${name} is not in the cache. Download it with \`npm run rora -- models pull ${name}\`.`,
  );
}
