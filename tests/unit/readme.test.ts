import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

const inProject = (path: string) => new URL(`../../${path}`, import.meta.url);
const read = (path: string) => readFile(inProject(path), "utf8");
const readme = await read("README.md");
const contributing = await read("CONTRIBUTING.md");
const { scripts } = JSON.parse(await read("package.json")) as { scripts: Record<string, string> };

/** Contents of fenced blocks of a language. */
function blocks(markdown: string, language: string): string[] {
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)]
    .filter((match) => match[1] === language)
    .map((match) => match[2]!);
}

/** Paths of the tree: two blanks of indentation go one folder down. */
function treePaths(tree: string): string[] {
  const parents: string[] = [];
  return tree
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [, indentation, name] = /^( *)(\S+)/.exec(line)!;
      const depth = indentation!.length / 2;
      parents.length = depth;
      parents.push(name!);
      return parents.join("");
    });
}

const tree = blocks(readme, "text").find((block) => block.includes("start.ts"))!;

describe("the README's tree", () => {
  it("names only what is there", () => {
    expect(treePaths(tree).filter((path) => !existsSync(inProject(path)))).toEqual([]);
  });

  it("names every part of src and bots", async () => {
    const folders = await Promise.all(
      ["src", "bots"].map(async (parent) =>
        (await readdir(inProject(parent), { withFileTypes: true }))
          .filter((entry) => entry.isDirectory())
          .map(({ name }) => `${parent}/${name}/`),
      ),
    );
    const implied = ["src/generated/", "src/cli/"];
    expect(
      folders.flat().filter((folder) => !implied.includes(folder) && !treePaths(tree).includes(folder)),
    ).toEqual([]);
  });
});

describe.each([
  ["README.md", readme],
  ["CONTRIBUTING.md", contributing],
])("%s", (_, markdown) => {
  const commands = [
    ...blocks(markdown, "sh").join("\n").split("\n"),
    ...[...markdown.matchAll(/`((?:npm|npx) [^`]+)`/g)].map((match) => match[1]!),
  ];

  it("has only commands that exist", () => {
    const names = commands.flatMap((line) => {
      if (/\bnpm start\b/.test(line)) return ["start"];
      if (/\bnpm test\b/.test(line)) return ["test"];
      return [...line.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1]!);
    });
    expect(names.length).toBeGreaterThan(2);
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
  });

  it("has only commands of rora that exist", async () => {
    const cli = await read("src/cli.ts");
    const subCommands = [...cli.matchAll(/name: "(\w+)"/g)].map((match) => match[1]!);
    const used = commands.flatMap((line) =>
      [...line.matchAll(/npm run rora -- (\w+)/g)].map((match) => match[1]!),
    );
    expect(used.filter((name) => !subCommands.includes(name))).toEqual([]);
  });

  it("links only to files that are there", () => {
    // Pictures apart: a screenshot is made by hand.
    const links = [...markdown.matchAll(/(?<!!)\[[^\]]*\]\(([^)]+)\)/g)]
      .map((match) => match[1]!)
      .filter((link) => !link.startsWith("http"));
    const named = [...markdown.matchAll(/`((?:src|training|tests|docs|prisma|models|\.ci)\/[\w./-]+)`/g)].map(
      (match) => match[1]!,
    );
    expect([...links, ...named].filter((path) => !existsSync(inProject(path)))).toEqual([]);
  });
});
