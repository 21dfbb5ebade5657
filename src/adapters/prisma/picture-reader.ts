/** Knowledge pictures are read with every question, and what is named by its hash never changes: so they are remembered. */
import { LRUCache } from "lru-cache";
import type { PrismaClient } from "../../generated/prisma/client.ts";
import { readPictures } from "./bytes.ts";

const REMEMBERED_BYTES = 32 * 1024 * 1024;

/** Reads bytes by hash, through memory; unknown hashes are left out. */
export function createPictureReader(client: PrismaClient) {
  const remembered = new LRUCache<string, Uint8Array>({
    maxSize: REMEMBERED_BYTES,
    sizeCalculation: (bytes) => bytes.byteLength + 1,
  });
  return async (hashes: readonly string[]): Promise<Map<string, Uint8Array>> => {
    const pictures = new Map<string, Uint8Array>();
    for (const hash of hashes) {
      const bytes = remembered.get(hash);
      if (bytes !== undefined) pictures.set(hash, bytes);
    }
    const missing = hashes.filter((hash) => !pictures.has(hash));
    if (missing.length === 0) return pictures;
    for (const [hash, bytes] of await readPictures(client, missing)) {
      remembered.set(hash, bytes);
      pictures.set(hash, bytes);
    }
    return pictures;
  };
}
