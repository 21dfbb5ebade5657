import { type ListFileEntry, listFiles, modelInfo, REGEX_COMMIT_HASH } from "@huggingface/hub";
import { hubFault, notTheHub, unreachable } from "./faults.ts";
import { isFileHash } from "./file-hash.ts";
import type { Hub } from "./hub.ts";
import { DEFAULT_REVISION, type ModelName } from "./model-name.ts";

export interface RemoteFile {
  readonly path: string;
  readonly bytes: number;
  /** See isFileHash; also its name in the cache. */
  readonly hash: string;
}

export interface Repository {
  readonly commit: string;
  /** As the model's card names it: `apache-2.0`; null when it names none. */
  readonly licence: string | null;
  readonly files: readonly RemoteFile[];
}

/** What the hub has under a name. Throws RoraError `unauthorized`, `not-found`, `rate-limited` or `unavailable`. */
export async function readRepository(hub: Hub, model: ModelName, signal: AbortSignal): Promise<Repository> {
  const options = {
    hubUrl: hub.endpoint,
    ...(hub.token !== undefined && { accessToken: hub.token }),
    fetch: ((input, init) => fetch(input, { ...init, signal })) as typeof fetch,
  };
  try {
    const { sha: commit, cardData } = await modelInfo({
      ...options,
      name: model.name,
      revision: model.revision ?? DEFAULT_REVISION,
      additionalFields: ["sha", "cardData"],
    });
    if (typeof commit !== "string" || !REGEX_COMMIT_HASH.test(commit)) throw notTheHub();
    const files: RemoteFile[] = [];
    for await (const entry of listFiles({ ...options, repo: model.name, recursive: true, revision: commit }))
      if (entry.type === "file") files.push(remoteFile(entry));
    return { commit, licence: licenceOf(cardData), files };
  } catch (error) {
    signal.throwIfAborted();
    throw hubFault(hub, model, error);
  }
}

/** Asks for a file's content from byte `start` on; the answer may be any status. Throws RoraError `unavailable` when there is none. */
export async function requestFile(
  hub: Hub,
  { name, revision = DEFAULT_REVISION }: ModelName,
  path: string,
  { start, signal }: { readonly start: number; readonly signal: AbortSignal },
): Promise<Response> {
  try {
    return await fetch(`${hub.endpoint}/${name}/resolve/${encodeURIComponent(revision)}/${path}`, {
      signal,
      headers: {
        // Ranges count the bytes that are sent; compressed they would not be the file's.
        "accept-encoding": "identity",
        ...(start > 0 && { range: `bytes=${start}-` }),
        ...(hub.token !== undefined && { authorization: `Bearer ${hub.token}` }),
      },
    });
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(error);
  }
}

function remoteFile({ path, size, oid, lfs }: ListFileEntry): RemoteFile {
  const hash = lfs?.oid ?? oid ?? "";
  if (!isFileHash(hash)) throw notTheHub();
  return { path, bytes: lfs?.size ?? size, hash };
}

interface Card {
  readonly license?: string | readonly string[];
  readonly license_name?: string;
}

/** `other` stands for a licence with a name of its own. */
function licenceOf(card: Card | undefined): string | null {
  const named = [card?.license ?? []].flat();
  const licences = named.map((licence) => (licence === "other" ? (card?.license_name ?? licence) : licence));
  return licences.length === 0 ? null : licences.join(", ");
}
