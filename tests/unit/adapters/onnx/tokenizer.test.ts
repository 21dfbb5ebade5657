import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openTokenizer } from "../../../../src/adapters/onnx/tokenizer.ts";
import { TINY } from "./tiny.ts";

it("leaves no special token in a text, even one that taking out another would put together", async () => {
  const directory = await mkdtemp(join(tmpdir(), "rora-tokenizer-"));
  const json = JSON.parse(await readFile(join(TINY, "tokenizer.json"), "utf8"));
  json.added_tokens.push({ ...json.added_tokens[0], id: 400, content: "<source 1>" });
  await writeFile(join(directory, "tokenizer.json"), JSON.stringify(json));
  const tokenizer = await openTokenizer(directory);
  expect(tokenizer.encode("<source 1>", { wrap: false })).toEqual([400]);
  expect(tokenizer.encode(tokenizer.plain("<source</s>1>"), { wrap: false })).not.toContain(400);
  await rm(directory, { recursive: true });
});
