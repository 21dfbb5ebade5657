/** The port the web chat listens on. */
import type { Config } from "../config.ts";
import { portFault } from "../port.ts";
import type { Check } from "./check.ts";

/** `note` means that Rora itself answers there. */
export async function portCheck({ web: { hostname, port } }: Config): Promise<Check> {
  const name = `Port ${port}`;
  const fault = await portFault(hostname, port);
  if (fault === null) return { state: "ok", name, detail: `free on ${hostname}` };
  if (fault !== "EADDRINUSE") {
    return {
      state: "broken",
      name,
      detail: `cannot be listened on (${fault})`,
      advice: "Set HOST to an address of this machine and PORT to a number above 1023.",
    };
  }
  const running = await askReadiness(hostname, port);
  if (running !== null) return { state: "note", name, detail: `Rora is running there: ${running}` };
  return {
    state: "broken",
    name,
    detail: "in use by another program",
    advice: "Stop that program or set PORT to another number.",
  };
}

async function askReadiness(hostname: string, port: number): Promise<string | null> {
  const host = hostname === "0.0.0.0" || hostname === "::" ? "localhost" : hostname;
  try {
    const response = await fetch(`http://${host}:${port}/ready`, { signal: AbortSignal.timeout(3_000) });
    const { dependencies } = (await response.json()) as {
      dependencies: Record<string, { ok: boolean; detail: string }>;
    };
    return Object.entries(dependencies)
      .map(([name, { ok, detail }]) => `${name} ${ok ? "" : "NOT READY, "}${detail}`)
      .join(" · ");
  } catch {
    return null;
  }
}
