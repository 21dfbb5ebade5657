/**
 * The architecture as rules over import lines: domain ← ports ← {stages, adapters} ← start ← bots; siblings never meet; only
 * start (start.ts, start/) introduces them; a library's name appears in one folder; the environment is read in one file.
 */

/** Path from the project's root, with `/`, to its text. */
export type Sources = ReadonlyMap<string, string>;

const STAGES = ["vision", "retrieval", "answering", "knowledge", "feedback", "retraining", "evaluation"];
/** What everybody but the domain may use. */
const COMMON = ["src/ports.ts", "src/errors.ts"];
/** Libraries that two folders may name, and why. */
const SHARED_LIBRARIES = new Map([
  // What is costly to make or read is remembered within bounds: encodings, pictures; and forms that people have open.
  ["lru-cache", ["src/adapters/onnx", "src/adapters/prisma", "bots/discord", "bots/slack"]],
  // Servers that are down are left alone for a while.
  ["cockatiel", ["src/adapters/http", "src/adapters/openai", "src/adapters/qdrant"]],
  // Checks what comes from outside: the environment, and the web chat's requests.
  ["zod", ["src/environment.ts", "src/environment", "bots/web"]],
]);

const READS_ENVIRONMENT = ["src/config.ts"];
/** ONNX Runtime takes word of this one thing by a variable alone. */
const WRITES_ENVIRONMENT = ["src/adapters/onnx/no-telemetry.ts"];

/** A sentence for every line that breaks a rule: file, what it does, and the rule. */
export function violations(sources: Sources): string[] {
  const files = [...sources].filter(([path]) => !path.startsWith("src/generated/"));
  return [
    ...files.flatMap(([path, text]) => importsOf(text).flatMap((name) => importFault(path, name) ?? [])),
    ...libraryFaults(files),
    ...files.flatMap(([path, text]) => environmentFault(path, text) ?? []),
  ];
}

/** Every module named in a file: imports, re-exports, dynamic imports and resolved packages. */
export function importsOf(text: string): string[] {
  const patterns = [
    /^\s*(?:import|export)\s[^"';]*?from\s*["']([^"']+)["']/gm,
    /^\s*import\s*["']([^"']+)["']/gm,
    /\b(?:import|require|resolve)\(\s*["']([^"']+)["']/g,
  ];
  return patterns.flatMap((pattern) =>
    [...withoutComments(text).matchAll(pattern)].map((match) => match[1]!),
  );
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}

function importFault(path: string, name: string): string | null {
  const folder = folderOf(path);
  if (!name.startsWith(".")) {
    const bare = path.startsWith("src/domain/") || path === "src/ports.ts" || path === "src/errors.ts";
    return bare ? `${path} imports ${name}, but domain, ports and errors import no library.` : null;
  }
  const target = resolvePath(path, name);
  const allowed = mayImport(path, folder, target);
  return allowed === true ? null : `${path} imports ${target}, but ${allowed}`;
}

/** True, or the rule that forbids it. */
function mayImport(path: string, folder: string, target: string): true | string {
  const targetFolder = folderOf(target);
  const within = folder === targetFolder && folder.includes("/");
  if (target.startsWith("src/generated/"))
    return folder === "src/adapters/prisma" || "the generated client belongs to src/adapters/prisma.";
  if (folder === "src/domain" || path === "src/errors.ts")
    return within || "domain and errors import nothing.";
  if (path === "src/ports.ts") return targetFolder === "src/domain" || "ports import only the domain.";
  if (within || targetFolder === "src/domain" || COMMON.includes(target)) return true;
  if (isStage(folder))
    return "stages import only domain, ports, errors and their own folder: siblings never meet.";
  if (folder.startsWith("src/adapters/"))
    return "adapters import only domain, ports, errors and their own folder: siblings never meet.";
  if (folder.startsWith("bots/"))
    return (
      target === "src/log.ts" ||
      (targetFolder === "bots/chat" && folder !== "bots/web") ||
      "bots import only domain, ports, errors, the log, their own folder and what chats share (bots/chat): siblings never meet."
    );
  if (path === "src/start.ts" || folder === "src/start") return true;
  if (targetFolder.startsWith("src/adapters/") || targetFolder.startsWith("bots/"))
    return "only src/start.ts and src/start/ introduce adapters and bots.";
  return true;
}

function libraryFaults(files: readonly (readonly [string, string])[]): string[] {
  const places = new Map<string, Set<string>>();
  for (const [path, text] of files) {
    for (const name of importsOf(text)) {
      if (name.startsWith(".") || name.startsWith("node:")) continue;
      const library = name
        .split("/")
        .slice(0, name.startsWith("@") ? 2 : 1)
        .join("/");
      places.set(library, (places.get(library) ?? new Set()).add(folderOf(path)));
    }
  }
  return [...places].flatMap(([library, folders]) => {
    const strangers = [...folders].filter((folder) => !SHARED_LIBRARIES.get(library)?.includes(folder));
    if (strangers.length === 0 || (folders.size === 1 && !SHARED_LIBRARIES.has(library))) return [];
    return [
      `${library} is named in ${[...folders].sort().join(" and ")}, but a library's name appears in one folder.`,
    ];
  });
}

function environmentFault(path: string, text: string): string | null {
  const reads =
    /process\s*(\.|\?\.|\[\s*["'])\s*env\b|loadEnvFile|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b/.test(
      withoutComments(text),
    );
  return reads && ![...READS_ENVIRONMENT, ...WRITES_ENVIRONMENT].includes(path)
    ? `${path} reads the environment, but only src/config.ts does.`
    : null;
}

/** The folder that rules speak of: a stage, an adapter, a bot; a file that lies in `src` itself is its own. */
function folderOf(path: string): string {
  const parts = path.split("/");
  const depth = parts[1] === "adapters" ? 3 : 2;
  return parts.slice(0, depth).join("/");
}

function isStage(folder: string): boolean {
  return STAGES.some((stage) => folder === `src/${stage}`);
}

function resolvePath(from: string, name: string): string {
  return new URL(name, `file:///${from}`).pathname.slice(1);
}
