import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, loadavg, totalmem } from "node:os";

/** One line about what the figures were taken on. Other programs' load is part of it: it spoils timings. */
export function machineLine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const runtime = packageVersion("onnxruntime-node");
  return `${first?.model ?? "unknown processor"}, ${cpus().length} cores, ${memory} GiB; Node ${process.versions.node}, onnxruntime-node ${runtime}; load ${loadavg()[0]!.toFixed(2)} at the start; ${new Date().toISOString().slice(0, 10)}`;
}

function packageVersion(name: string): string {
  const entry = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return (JSON.parse(readFileSync(entry, "utf8")) as { version: string }).version;
}
