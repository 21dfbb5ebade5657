/** What bots and cores in different processes agree on. */
import type { Asker } from "./question.ts";

/** Header with the secret that all processes of one installation share. */
export const CORE_TOKEN_HEADER = "rora-core-token";
/** Header that says who asks; believed only beside the token. */
export const ASKER_HEADER = "rora-asker";

/** Milliseconds after which a core that has nothing to tell says that it is still there. */
export const KEEP_ALIVE_MILLISECONDS = 15_000;

/** For the header: `tenant/pseudonym`, each percent-encoded. */
export function writeAsker({ tenant, pseudonym }: Asker): string {
  return `${encodeURIComponent(tenant)}/${encodeURIComponent(pseudonym)}`;
}

/** Null when the text is none of `writeAsker`. */
export function readAsker(text: string): Asker | null {
  const [, tenant, pseudonym] = /^([^/]+)\/([^/]+)$/.exec(text) ?? [];
  if (tenant === undefined || pseudonym === undefined) return null;
  try {
    return { tenant: decodeURIComponent(tenant), pseudonym: decodeURIComponent(pseudonym) };
  } catch {
    return null;
  }
}
