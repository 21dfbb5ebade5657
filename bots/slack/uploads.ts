/** Pictures that messages show: uploaded to the workspace once, not shared anywhere, and named by their id. */
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Workspace } from "./workspace.ts";

/** Uploads remembered, and for how many milliseconds; forgotten ones are uploaded again, also those that somebody deleted. */
const REMEMBERED = 5_000;
const AGE = 24 * 60 * 60_000;

export interface Uploads {
  /** Resolves to the file's id. `alt` is for people who do not see it. Throws what Slack refuses. */
  put(
    picture: { readonly name: string; readonly bytes: Uint8Array; readonly alt: string },
    workspace: Workspace,
  ): Promise<string>;
}

export function createUploads(): Uploads {
  const known = new LRUCache<string, Promise<string>>({ max: REMEMBERED, ttl: AGE });
  return {
    put(picture, workspace) {
      const key = `${workspace.tenant} ${createHash("sha256").update(picture.bytes).digest("base64")}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const upload = send(picture, workspace);
      known.set(key, upload);
      // What failed is tried again the next time.
      upload.catch(() => known.delete(key));
      return upload;
    },
  };
}

async function send(
  { name, bytes, alt }: Parameters<Uploads["put"]>[0],
  { client }: Workspace,
): Promise<string> {
  // The library's type does not tell what its own method gives.
  const result = (await client.files.uploadV2({
    file: Buffer.from(bytes),
    filename: name,
    alt_text: alt.slice(0, 1000),
  })) as { readonly files?: readonly { readonly files?: readonly { readonly id?: string }[] }[] };
  const [file] = (result.files ?? []).flatMap(({ files }) => files ?? []);
  if (file?.id === undefined) throw new Error("Slack gave an upload no id");
  return file.id;
}
