import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { importsOf, violations } from "../support/architecture.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));

async function sources(): Promise<Map<string, string>> {
  const names = await Promise.all(
    ["src", "bots"].map(async (folder) =>
      (await readdir(join(project, folder), { recursive: true })).map((name) => join(folder, name)),
    ),
  );
  const code = names.flat().filter((name) => /\.[cm]?tsx?$/.test(name));
  return new Map(
    await Promise.all(
      code.map(
        async (name) => [name.split(sep).join("/"), await readFile(join(project, name), "utf8")] as const,
      ),
    ),
  );
}

describe("the architecture", () => {
  it("holds", async () => {
    const files = await sources();
    expect(files.size).toBeGreaterThan(80);
    expect(violations(files)).toEqual([]);
  });

  it("reads every kind of import", () => {
    const text = `
      import type { A } from "./a.ts";
      import {
        B,
      } from "../b.ts";
      import "./c.ts";
      export { D } from "./d.ts";
      const e = await import("./e.ts");
      const f = createRequire(import.meta.url).resolve("flag-icons/package.json");
      // import { G } from "./g.ts";
      /* import { H } from "./h.ts"; */`;
    expect(importsOf(text)).toEqual([
      "./a.ts",
      "../b.ts",
      "./d.ts",
      "./c.ts",
      "./e.ts",
      "flag-icons/package.json",
    ]);
  });
});

describe("the architecture test finds", () => {
  const planted: [string, Record<string, string>, string][] = [
    [
      "a domain that knows ports",
      { "src/domain/a.ts": `import type { Ledger } from "../ports.ts";` },
      "domain and errors import nothing",
    ],
    [
      "a domain with a library",
      { "src/domain/a.ts": `import { Set } from "immutable";` },
      "import no library",
    ],
    [
      "a domain that reads files",
      { "src/domain/a.ts": `import { readFile } from "node:fs";` },
      "import no library",
    ],
    [
      "errors that know the domain",
      { "src/errors.ts": `import type { A } from "./domain/a.ts";` },
      "domain and errors import nothing",
    ],
    [
      "ports that know a stage",
      { "src/ports.ts": `import type { A } from "./vision/a.ts";` },
      "ports import only the domain",
    ],
    [
      "a stage that meets its sibling",
      { "src/vision/a.ts": `import { b } from "../retrieval/b.ts";` },
      "siblings never meet",
    ],
    [
      "a stage that knows an adapter",
      { "src/vision/a.ts": `import { b } from "../adapters/sharp/b.ts";` },
      "stages import only",
    ],
    [
      "a stage that knows the log",
      { "src/knowledge/atlas/a.ts": `import { createLog } from "../../log.ts";` },
      "stages import only",
    ],
    [
      "an adapter that meets its sibling",
      { "src/adapters/sharp/a.ts": `import { b } from "../onnx/b.ts";` },
      "siblings never meet",
    ],
    [
      "an adapter that knows a stage",
      { "src/adapters/sharp/a.ts": `export { b } from "../../vision/b.ts";` },
      "adapters import only",
    ],
    [
      "an adapter that reads the configuration",
      { "src/adapters/onnx/a.ts": `import { readConfig } from "../../config.ts";` },
      "adapters import only",
    ],
    [
      "a generated client outside its adapter",
      { "src/atlas.ts": `import { PrismaClient } from "./generated/prisma/client.ts";` },
      "belongs to src/adapters/prisma",
    ],
    [
      "the assistant knowing an adapter",
      { "src/assistant.ts": `import { b } from "./adapters/onnx/b.ts";` },
      "only src/start.ts and src/start/ introduce",
    ],
    [
      "a dynamic import of an adapter",
      { "src/cli/ask.ts": `const b = await import("../adapters/onnx/b.ts");` },
      "only src/start.ts and src/start/ introduce",
    ],
    [
      "main starting a bot by itself",
      { "src/main.ts": `import { b } from "../bots/web/main.ts";` },
      "only src/start.ts and src/start/ introduce",
    ],
    [
      "a bot that meets its sibling",
      { "bots/slack/main.ts": `import { b } from "../discord/render.ts";` },
      "siblings never meet",
    ],
    [
      "a bot that knows start",
      { "bots/web/main.ts": `import { start } from "../../src/start.ts";` },
      "bots import only",
    ],
    [
      "a library in two folders",
      {
        "src/adapters/sharp/a.ts": `import sharp from "sharp";`,
        "bots/web/a.ts": `import sharp from "sharp";`,
      },
      "sharp is named in bots/web and src/adapters/sharp",
    ],
    [
      "one library's parts in two folders",
      {
        "src/cli.ts": `import { a } from "@scope/lib/a";`,
        "src/main.ts": `import { b } from "@scope/lib/b";`,
      },
      "@scope/lib is named in",
    ],
    [
      "a shared library in a third folder",
      { "src/environment.ts": `import { z } from "zod";`, "src/knowledge/a.ts": `import { z } from "zod";` },
      "zod is named in",
    ],
    ["process.env", { "src/start.ts": `const port = process.env.PORT;` }, "only src/config.ts does"],
    [
      "process.env by another spelling",
      { "bots/web/a.ts": `const { env } = process;` },
      "only src/config.ts does",
    ],
  ];
  it.each(planted)("%s", (_, files, rule) => {
    const found = violations(new Map(Object.entries(files)));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(rule);
  });

  it("nothing in what is allowed", () => {
    const allowed = {
      "src/start.ts": `import { a } from "./adapters/onnx/a.ts";\nimport { b } from "../bots/web/main.ts";`,
      "src/adapters/onnx/a.ts": `import ort from "onnxruntime-node";\nimport { b } from "./b.ts";\nimport type { A } from "../../ports.ts";`,
      "src/knowledge/atlas/a.ts": `import { b } from "../ingest.ts";\nimport { RoraError } from "../../errors.ts";`,
      "src/assistant.ts": `import { a } from "./vision/a.ts";`,
      "src/environment.ts": `import { z } from "zod";`,
      "src/config.ts": `const all = process.env;`,
      "bots/web/a.ts": `import { z } from "zod";\nimport { createLog } from "../../src/log.ts"; // reads no process.env`,
    };
    expect(violations(new Map(Object.entries(allowed)))).toEqual([]);
  });
});
