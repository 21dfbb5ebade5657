/**
 * Secrets at rest: AES-256-GCM. A sealed text is `v1.KEY.NONCE.TAG.TEXT`; KEY names the key, so that an older one still opens
 * what it sealed, and the rest is base64url. Whose secret it is goes into the tag: moved to another row, it does not open.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { RoraError } from "./errors.ts";
import type { Sealer } from "./ports.ts";

const CIPHER = "aes-256-gcm";
/** Bytes; what GCM is made for (NIST SP 800-38D, 5.2.1.1). Random ones are safe for 2³² texts of one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `key` seals and opens, `oldKeys` open; each 64 hexadecimal digits. `variable` is the setting that holds the key, for people. */
export function createSealer(key: string, oldKeys: readonly string[], variable: string): Sealer {
  const keys = new Map([...oldKeys, key].map((hex) => [keyId(hex), Buffer.from(hex, "hex")]));
  const current = keyId(key);
  return {
    seal(text, owner) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, keys.get(current)!, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(owner));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      const parts = [nonce, cipher.getAuthTag(), sealed].map((part) => part.toString("base64url"));
      return ["v1", current, ...parts].join(".");
    },

    open(sealed, owner) {
      const [version, id = "", ...parts] = sealed.split(".");
      const [nonce, tag, text] = parts.map((part) => Buffer.from(part, "base64url"));
      const opening = keys.get(id);
      if (version === "v1" && opening === undefined)
        throw new RoraError(
          "unavailable",
          `A secret in the database was encrypted with another key than ${variable}: put the earlier key into ${variable}S_OLD.`,
        );
      try {
        const decipher = createDecipheriv(CIPHER, opening!, nonce!, { authTagLength: TAG_BYTES });
        decipher.setAAD(Buffer.from(owner));
        decipher.setAuthTag(tag!);
        return Buffer.concat([decipher.update(text!), decipher.final()]).toString("utf8");
      } catch (cause) {
        throw new RoraError(
          "unavailable",
          "A secret in the database is damaged or was changed by somebody else: install the app there again.",
          { cause },
        );
      }
    },

    isCurrent: (sealed) => sealed.startsWith(`v1.${current}.`),
  };
}

/** Tells keys apart without telling them: 64 bits of a hash. */
function keyId(hex: string): string {
  return createHash("sha256")
    .update("rora key id")
    .update(Buffer.from(hex, "hex"))
    .digest("hex")
    .slice(0, 16);
}
