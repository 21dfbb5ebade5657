import { MessageFlags } from "discord.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../../../../bots/discord/languages.ts";
import { LIMITS, messageFaults } from "../../../../bots/discord/limits.ts";
import { type Form, renderReply } from "../../../../bots/discord/render.ts";
import { renderWhy } from "../../../../bots/discord/why.ts";
import type { Evidence } from "../../../../src/domain/evidence.ts";
import type { Answer } from "../../../../src/domain/reply.ts";
import { refusedParts, type SentMessage } from "../../../support/discord/message-rules.ts";
import { entityRecord, answer as exampleAnswer, judgedCandidates } from "../../../support/replies.ts";

const ID = "0b0e7a52-4a7d-4b3c-9a52-5d6a3f1c2b1a";
const base = exampleAnswer(
  ID,
  "c",
  judgedCandidates([entityRecord("x:1", "One"), entityRecord("x:2", "Two")]),
);

/** A reply whose every text is as long as it likes. */
const replies = fc
  .record({
    text: fc.string({ minLength: 1, maxLength: 9_000 }),
    title: fc.string({ minLength: 1, maxLength: 600 }),
    passage: fc.string({ maxLength: 5_000 }),
    alt: fc.string({ maxLength: 3_000 }),
    entities: fc.integer({ min: 0, max: 8 }),
    notice: fc.string({ minLength: 1, maxLength: 1_000 }),
  })
  .map(({ text, title, passage, alt, entities, notice }): Answer => {
    const evidence = Array.from({ length: entities }, (_, index): Evidence => {
      const item = base.evidence[0]!;
      return {
        ...item,
        label: index + 1,
        entity: {
          ...item.entity,
          id: `e${index}`,
          title,
          url: `https://example.org/${"a".repeat(title.length * 5)}`,
        },
        entityImage: { ...item.entityImage!, alt },
        passage: { ...item.passage, id: `p${index}`, text: passage },
      };
    });
    const citations = evidence.map(({ label }) => ({ label, start: 0, end: 1 }));
    return {
      ...base,
      text,
      evidence,
      candidates: evidence,
      citations,
      notices: [{ kind: "animated", text: notice }],
    };
  });

const asSent = (body: ReturnType<typeof renderReply>) => body as unknown as SentMessage;
const filesOf = ({ files = [] }: ReturnType<typeof renderReply>) => files.map(({ name }) => name);

describe.each<Form>(["components", "embeds", "text"])("an answer as %s", (form) => {
  it("to a hidden picture shows nothing of it before it is uncovered", () => {
    const texts = LANGUAGES["en-US"];
    const thumbnails = new Map([["x:1", new Uint8Array(4)]]);
    const body = renderReply(base, { texts, form, spoiler: true, thumbnails, remarks: [] });
    const [container, ...others] = body.components;
    const open = form === "components" ? others : body;
    if (form === "components") expect(container).toMatchObject({ spoiler: true });
    expect(JSON.stringify(open).replace(/\|\|.*?\|\|/g, "")).not.toMatch(/One|Two/);
  });

  it("is taken by Discord, however long its parts are, in every language", () => {
    const thumbnails = new Map(Array.from({ length: 8 }, (_, index) => [`e${index}`, new Uint8Array(4)]));
    fc.assert(
      fc.property(
        replies,
        fc.constantFrom(...Object.values(LANGUAGES)),
        fc.boolean(),
        (reply, texts, spoiler) => {
          const body = renderReply(reply, { texts, form, spoiler, thumbnails, remarks: [] });
          expect(messageFaults(body)).toEqual([]);
          expect(refusedParts(asSent(body), filesOf(body))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

it("what an answer rests on is taken by Discord, however long it is", () => {
  fc.assert(
    fc.property(replies, fc.constantFrom(...Object.values(LANGUAGES)), (reply, texts) => {
      const body = renderWhy(reply, new Uint8Array(4), { texts, spoiler: false });
      expect(messageFaults(body)).toEqual([]);
      expect(refusedParts(asSent(body), filesOf(body))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

it.each<Form>(["components", "embeds", "text"])("an answer of blanks is still taken as %s", (form) => {
  const rendering = { texts: LANGUAGES["en-US"], spoiler: true, thumbnails: new Map(), remarks: [] };
  const body = renderReply({ ...base, text: " \n ", citations: [] }, { ...rendering, form });
  expect([messageFaults(body), refusedParts(asSent(body), filesOf(body))]).toEqual([[], []]);
});

it("a long answer is cut, with a button for all of it", () => {
  const reply = { ...base, text: "A sentence that says something. ".repeat(100) };
  const texts = LANGUAGES["en-US"];
  const body = renderReply(reply, {
    texts,
    form: "components",
    spoiler: false,
    thumbnails: new Map(),
    remarks: [],
  });
  expect(JSON.stringify(body.components)).toContain(`more:${ID}`);
  const short = renderReply(base, {
    texts,
    form: "components",
    spoiler: false,
    thumbnails: new Map(),
    remarks: [],
  });
  expect(JSON.stringify(short.components)).not.toContain("more:");
});

describe("the check of limits finds", () => {
  const text = (content: string) => ({ type: 10 as const, content });
  const modern = { flags: MessageFlags.IsComponentsV2 };
  it.each([
    ["content that is too long", { content: "x".repeat(LIMITS.content + 1), components: [], flags: 0 }],
    [
      "texts that are too long together",
      { ...modern, components: [text("x".repeat(2_100)), text("x".repeat(2_100))] },
    ],
    ["too many components", { ...modern, components: Array.from({ length: 41 }, () => text("x")) }],
    [
      "embeds that are too long together",
      { flags: 0, components: [], embeds: [1, 2].map(() => ({ description: "x".repeat(3_500) })) },
    ],
    ["content beside components V2", { ...modern, content: "x", components: [text("x")] }],
    ["an empty text", { ...modern, components: [text("")] }],
    [
      "files that are too large",
      { flags: 0, components: [], files: [{ name: "a", alt: "", bytes: new Uint8Array(LIMITS.upload + 1) }] },
    ],
  ])("%s", (_, body) => {
    expect(messageFaults(body)).toHaveLength(1);
  });
});
