/** A core in another process. */
import type { Config } from "../config.ts";
import { openRemoteCore } from "../start/web.ts";
import type { Check } from "./check.ts";

/** What the core at CORE_URL says of itself, which shows that the token is right, too. */
export async function examineCore(config: Config): Promise<Check[]> {
  const dependencies = Object.entries(await openRemoteCore(config).readiness());
  return dependencies.map(([name, { ok, detail }]) => ({
    state: ok ? "ok" : "broken",
    name: name === "core" ? "Core" : `Core's ${name}`,
    detail,
    ...(ok ? {} : { advice: "Run `npm run rora -- doctor` where the core runs." }),
  }));
}
