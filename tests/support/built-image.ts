/**
 * Builds an image's folders by the steps of its Dockerfile, without a container engine: each stage is a folder, Node of the
 * version named comes from the registry, and paths of the image become paths in that folder. What is below Node stays this machine's.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { assignments, type Stage } from "./dockerfile.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
/** Owner of the root may give files away, and drop to the image's user. */
export const isRoot = process.getuid?.() === 0;

export interface BuiltImage {
  /** Folder that stands for `/`. */
  readonly root: string;
  readonly workingFolder: string;
  /** Values with the image's paths, as the Dockerfile has them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly user: number;
  /** Instructions that only describe the image, by name. */
  readonly settings: ReadonlyMap<string, string>;
}

/** Path of the image in the folder that stands for its root. */
export const inImage = (root: string, text: string): string =>
  text.replaceAll(/(?<![\w./-])\/(?=(?:rora|data|usr)\b)/g, `${root}/`);

/** Runs every instruction of every stage; throws at one it does not know, so that none is passed over. Returns the last stage. */
export function buildImage(stages: readonly Stage[], folder: string): BuiltImage {
  const built = new Map<string, BuiltImage>();
  for (const stage of stages) built.set(stage.name, buildStage(stage, join(folder, stage.name), built));
  return [...built.values()].at(-1)!;
}

function buildStage(stage: Stage, root: string, built: ReadonlyMap<string, BuiltImage>): BuiltImage {
  mkdirSync(join(root, "usr/local/bin"), { recursive: true });
  const nodeVersion = /^node:([\d.]+)-/.exec(stage.base)?.[1];
  if (nodeVersion !== undefined) installNode(nodeVersion, root);
  const environment: Record<string, string> = {};
  const settings = new Map<string, string>();
  let folder = root;
  let user = 0;
  for (const { name, text } of stage.instructions) {
    console.log(`${stage.name}: ${name} ${text}`);
    if (name === "WORKDIR") {
      folder = inImage(root, text);
      mkdirSync(folder, { recursive: true });
    } else if (name === "COPY") copy(text, { root, folder, built });
    else if (name === "RUN") run(inImage(root, text), folder, { ...environment, ...pathOf(root) });
    else if (name === "ENV" || name === "ARG") Object.assign(environment, assignments(text));
    else if (name === "USER") user = Number(text.split(":")[0]);
    else if (/^(LABEL|VOLUME|EXPOSE|STOPSIGNAL|HEALTHCHECK|ENTRYPOINT|CMD)$/.test(name))
      settings.set(name, text);
    else throw new Error(`This cannot run ${name}: teach it.`);
  }
  return { root, workingFolder: folder, environment, user, settings };
}

const pathOf = (root: string) => ({ PATH: `${root}/usr/local/bin:${process.env.PATH}` });

function installNode(version: string, root: string): void {
  const name = `node-linux-${process.arch}`;
  run(`npm install --silent --no-save --prefix "${root}/node" ${name}@${version}`, root, {});
  cpSync(join(root, "node/node_modules", name, "bin/node"), join(root, "usr/local/bin/node"));
}

function run(command: string, cwd: string, environment: Record<string, string>): void {
  execFileSync("sh", ["-c", command], { cwd, env: { ...process.env, ...environment }, stdio: "inherit" });
}

interface Place {
  readonly root: string;
  readonly folder: string;
  readonly built: ReadonlyMap<string, BuiltImage>;
}

function copy(text: string, { root, folder, built }: Place): void {
  const words = text.split(" ");
  const options = assignments(words.filter((word) => word.startsWith("--")).join(" "));
  const paths = words.filter((word) => !word.startsWith("--"));
  const target = paths.pop()!;
  const from = options.from === undefined ? undefined : built.get(options.from)!.root;
  for (const path of paths) {
    const whole = target.startsWith("/") ? inImage(root, target) : join(folder, target);
    if (from !== undefined) {
      cpSync(inImage(from, path), whole, { recursive: true, verbatimSymlinks: true });
    } else copyTracked(path, target.endsWith("/") ? join(whole, basename(path)) : whole);
    if (options.chown !== undefined && isRoot) chownSync(whole, ...owner(options.chown));
  }
}

const owner = (text: string) => text.split(":").map(Number) as [number, number];

/** Only what git knows or would add: what lies about here is not in a fresh checkout either. */
function copyTracked(path: string, target: string): void {
  const list = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard", "--", path], {
    cwd: project,
    encoding: "utf8",
  });
  const files = list.split("\0").filter((file) => file !== "");
  if (files.length === 0) throw new Error(`There is no ${path} to copy.`);
  for (const file of files) {
    const to = file === path ? target : join(target, file.slice(path.length + 1));
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(project, file), to);
  }
}

/** Takes away the right to write; the image's user is another than the owner where this runs as root. */
export function makeReadOnly(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) {
      const path = join(entry.parentPath, entry.name);
      chmodSync(path, entry.isDirectory() || /\/(\.bin|bin)$/.test(entry.parentPath) ? 0o555 : 0o444);
    }
  }
  chmodSync(folder, 0o555);
}
