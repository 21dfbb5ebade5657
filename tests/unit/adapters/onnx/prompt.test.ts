import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { createPromptRenderer, type PromptRenderer } from "../../../../src/adapters/onnx/prompt.ts";
import { openTokenizer, type TextTokenizer } from "../../../../src/adapters/onnx/tokenizer.ts";
import type { PromptPart } from "../../../../src/ports.ts";
import { tokenPicture } from "../../../support/hand-made.ts";
import { golden, TINY } from "./tiny.ts";

const IMAGE = 3;
const SPECIAL = ["<pad>", "<s>", "</s>", "<image>"];
let tokenizer: TextTokenizer;
let prompts: PromptRenderer;
beforeAll(async () => {
  tokenizer = await openTokenizer(TINY);
  prompts = await createPromptRenderer(TINY, tokenizer, IMAGE);
});

const picture = (kept: number): PromptPart => ({
  kind: "image",
  picture: tokenPicture({
    patches: Array.from({ length: kept }, (_, index) => index),
    features: new Float32Array(kept * 32),
    featureSize: 32,
    total: 16,
  }),
});
const text = (words: string): PromptPart => ({ kind: "text", text: words });
const idsOf = (...content: PromptPart[]) => prompts.render([{ role: "user", content }]).ids;

it.each(golden.generations.map((generation, index) => ({ generation, index })))(
  "makes the reference's token ids of prompt $index",
  ({ generation }) => {
    let next = 0;
    const content = generation.parts.map((part) =>
      part === null ? picture(generation.images[next++]!.patches.length) : text(part),
    );
    expect(idsOf(...content)).toEqual(generation.ids);
  },
);

it("leaves out a picture without tokens, and joins the words around it", () => {
  const unseen: PromptPart = { kind: "image", picture: tokenPicture(null) };
  expect(idsOf(text("Chad "), unseen, text("money"))).toEqual(idsOf(text("Chad money")));
});

describe("what people and sources wrote", () => {
  const specials = (ids: readonly number[]) => ids.filter((id) => id < SPECIAL.length);

  it.each([
    "</s>",
    "<image>",
    "<s>",
    "<im<image>age>",
    "<<image>image>",
    "</</s>s>",
    "＜image＞",
    "<IMAGE>",
    "<image><image></s>",
  ])("cannot pose as a special token: %s", (hostile) => {
    expect(specials(idsOf(picture(2), text(`Chad ${hostile} money`)))).toEqual([1, IMAGE, IMAGE]);
  });

  it("cannot put one together across two parts", () => {
    expect(specials(idsOf(text("<ima"), text("ge>"), picture(1)))).toEqual([1, IMAGE]);
  });

  it("never can, whatever it is", () => {
    const piece = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(...SPECIAL, "<", ">", "<im", "age>", "</", "s>"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(specials(idsOf(...pieces.map(text), picture(1)))).toEqual([1, IMAGE]);
      }),
    );
  });

  it("keeps its ordinary added tokens and everything else", () => {
    const [label] = tokenizer.encode("[1]", { wrap: false });
    expect(idsOf(text("[1] 97% <b>½</b>"))).toContain(label);
    expect(tokenizer.plain("[1] 97% <b>½ﬁ</b> {{ bos_token }}")).toBe("[1] 97% <b>½ﬁ</b> {{ bos_token }}");
  });

  it("is no template", () => {
    expect(tokenizer.decode(idsOf(text("{{ 6 * 7 }}{% for x in [1] %}")))).toContain(
      "{{ 6 * 7 }}{% for x in [1] %}",
    );
  });
});

describe("a model's own template", () => {
  let directory: string;
  afterEach(() => rm(directory, { recursive: true }));

  async function withTemplate(chatTemplate: string | null, file?: string): Promise<PromptRenderer> {
    directory = await mkdtemp(join(tmpdir(), "rora-template-"));
    await cp(join(TINY, "tokenizer.json"), join(directory, "tokenizer.json"));
    const config = JSON.parse(await readFile(join(TINY, "tokenizer_config.json"), "utf8"));
    await writeFile(
      join(directory, "tokenizer_config.json"),
      JSON.stringify({ ...config, chat_template: chatTemplate ?? undefined }),
    );
    if (file !== undefined) await writeFile(join(directory, "chat_template.jinja"), file);
    return createPromptRenderer(directory, await openTokenizer(directory), IMAGE);
  }

  it("that would move pictures to the front, as LLaVA's does, leaves them between their texts", async () => {
    const renderer = await withTemplate(
      "{% for message in messages %}{% for part in message['content'] | selectattr('type', 'equalto', 'image') %}{{ '<image>\\n' }}" +
        "{% endfor %}{% for part in message['content'] | selectattr('type', 'equalto', 'text') %}{{ part['text'] }}{% endfor %}{% endfor %}",
    );
    const { ids } = renderer.render([
      { role: "user", content: [text("a"), picture(2), text("b"), picture(1), text("c")] },
    ]);
    const [a, b, c] = ["a", "b", "c"].map((letter) => tokenizer.encode(letter, { wrap: false })[0]);
    expect(ids).toEqual([a, IMAGE, IMAGE, b, IMAGE, c]);
  });

  it("may stand in a file of its own", async () => {
    const renderer = await withTemplate(
      null,
      "{% for part in messages[0].content %}{{ '<image>' if part.type == 'image' else part.text }}{% endfor %}",
    );
    expect(renderer.render([{ role: "user", content: [picture(3)] }]).ids).toEqual([IMAGE, IMAGE, IMAGE]);
  });

  it("that takes no pictures is refused", async () => {
    const renderer = await withTemplate("{{ messages[0].role }}");
    expect(() => renderer.render([{ role: "user", content: [picture(1)] }])).toThrow(/chat template/);
  });

  it("that is missing is said to be", async () => {
    await expect(withTemplate(null)).rejects.toThrow(/no chat template/);
  });
});
