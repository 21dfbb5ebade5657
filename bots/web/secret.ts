import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Digests are compared, in equal time whatever was sent. */
export function isSecret(sent: string, secret: string): boolean {
  return timingSafeEqual(digest(sent), digest(secret));
}
