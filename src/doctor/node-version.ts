/** Which Node.js it runs on. */
import type { Check } from "./check.ts";

/** Oldest Node.js, as in package.json. */
const OLDEST_NODE = [20, 19] as const;

/** Checks a version such as `20.19.0`. */
export function nodeVersion(version: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const name = "Node.js";
  const enough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  if (enough) return { state: "ok", name, detail: version };
  return {
    state: "broken",
    name,
    detail: version,
    advice: `Install Node.js ${OLDEST_NODE.join(".")} or newer.`,
  };
}
