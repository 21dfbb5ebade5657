/** The program as people start it, in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../../", import.meta.url));
const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

export interface Program {
  readonly child: ChildProcess;
  /** What it wrote so far. */
  readonly output: { stdout: string; stderr: string };
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** Runs one of package.json's scripts, which are plain `node` commands, with further arguments. */
export function runScript(
  script: "start" | "rora",
  environment: Record<string, string>,
  ...more: string[]
): Program {
  const [, ...words] = (scripts[script] as string).split(" ");
  const child = spawn(process.execPath, [...words, ...more], {
    cwd: project,
    env: { ...process.env, DATABASE_URL: "", QDRANT_URL: "", NO_COLOR: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => (output.stdout += data));
  child.stderr.on("data", (data) => (output.stderr += data));
  const ended = once(child, "close").then(([code, signal]) => code ?? signal);
  return { child, output, ended };
}

/** Starts Rora on a free port; resolves to where it can be reached. */
export async function startRora(
  environment: Record<string, string>,
): Promise<Program & { readonly url: string }> {
  const program = runScript("start", { PORT: "0", ...environment });
  const url = new Promise<string>((resolve) => {
    program.child.stdout!.on("data", () => {
      const found = /(?:Open|ready at) (http:\S+)/.exec(program.output.stdout);
      if (found) resolve(found[1]!);
    });
  });
  const failed = program.ended.then((how) => {
    throw new Error(`Rora ended with ${how} before it was ready:\n${program.output.stderr}`);
  });
  return { ...program, url: await Promise.race([url, failed]) };
}
