import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ACTIONS } from "../../../../bots/slack/buttons.ts";
import { NOWHERE, readTarget, writeTarget } from "../../../../bots/slack/form-target.ts";
import { correctionForm, notice, questionForm } from "../../../../bots/slack/forms.ts";
import { renderHome } from "../../../../bots/slack/home.ts";
import { LANGUAGES } from "../../../../bots/slack/languages.ts";
import { LIMITS, messageFaults, viewFaults } from "../../../../bots/slack/limits.ts";
import { renderEntity } from "../../../../bots/slack/lookup.ts";
import { renderReply } from "../../../../bots/slack/render.ts";
import { settingsForm } from "../../../../bots/slack/settings-form.ts";
import type { Home, Modal } from "../../../../bots/slack/slack.ts";
import { renderWhy } from "../../../../bots/slack/why.ts";
import type { Evidence } from "../../../../src/domain/evidence.ts";
import type { Answer } from "../../../../src/domain/reply.ts";
import { DEFAULT_CHAT_SETTINGS } from "../../../../src/domain/settings.ts";
import { entityRecord, answer as exampleAnswer, judgedCandidates } from "../../../support/replies.ts";
import { judgeBlocks, type Site } from "../../../support/slack/block-rules.ts";
import type { SentBlock, SentView } from "../../../support/slack/blocks.ts";
import { refusedView } from "../../../support/slack/view-rules.ts";
import { createWorld, type StoredFile } from "../../../support/slack/world.ts";

const ID = "0b0e7a52-4a7d-4b3c-9a52-5d6a3f1c2b1a";
const base = exampleAnswer(
  ID,
  "c",
  judgedCandidates([entityRecord("x:1", "One"), entityRecord("x:2", "Two")]),
);
const texts = LANGUAGES["en-US"];
const languages = fc.constantFrom(...(Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[]));

const world = createWorld();
const FILE = "F0PICTURE";
world.files.set(FILE, {
  id: FILE,
  team: "T1",
  user: "U1",
  name: "entity.png",
  mimetype: "image/png",
  bytes: new Uint8Array(4),
  size: 4,
  url: "",
  stub: false,
  bornAt: 0,
  channels: new Set(),
  state: "hosted",
} satisfies StoredFile);
const site = (surface: Site["surface"]): Site => ({ surface, world, team: "T1" });

/** What our own check finds, and what the one of the loopback does, which was written apart from it. */
const faultsOf = (body: ReturnType<typeof renderReply>) => {
  const { error, faults } = judgeBlocks(body.blocks as readonly SentBlock[], site("message"));
  return [...messageFaults(body), ...(error === null ? [] : [error]), ...faults];
};
const viewFaultsOf = (view: Modal | Home) => [
  ...viewFaults(view),
  ...refusedView(view as unknown as SentView, site(view.type)),
];

const words = (options: { min?: number; max: number }) =>
  fc.oneof(
    fc.string({ minLength: options.min ?? 0, maxLength: options.max }),
    // What escaping makes five times as long.
    fc.integer({ min: options.min ?? 0, max: options.max }).map((count) => "&".repeat(count)),
  );

/** A reply whose every text is as long as it likes. */
const replies = fc
  .record({
    text: words({ min: 1, max: 9_000 }),
    title: words({ min: 1, max: 600 }),
    passage: words({ max: 5_000 }),
    alt: fc.string({ maxLength: 3_000 }),
    entities: fc.integer({ min: 0, max: 8 }),
    notice: words({ min: 1, max: 1_000 }),
    remark: fc.string({ minLength: 1, maxLength: 300 }),
  })
  .map(({ text, title, passage, alt, entities, notice: told }): Answer => {
    const evidence = Array.from({ length: entities }, (_, index): Evidence => {
      const item = base.evidence[0]!;
      const url = `https://example.org/${"&".repeat(title.length * 5)}`;
      return {
        ...item,
        label: index + 1,
        entity: { ...item.entity, id: `e${index}`, title, url },
        entityImage: { ...item.entityImage!, alt },
        passage: { ...item.passage, id: `p${index}`, text: passage, url, source: title },
      };
    });
    const citations = evidence.map(({ label }) => ({ label, start: 0, end: 1 }));
    const notices = [{ kind: "animated" as const, text: told }];
    return { ...base, text, evidence, candidates: evidence, citations, notices };
  });

const pictures = new Map(Array.from({ length: 8 }, (_, index) => [`e${index}`, FILE]));

describe("in Slack", () => {
  it("an answer is taken, however long its parts are, in every language", () => {
    fc.assert(
      fc.property(replies, languages, (reply, spoken) => {
        const body = renderReply(reply, { texts: LANGUAGES[spoken], pictures, remarks: ["one", "two"] });
        expect(faultsOf(body)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("what an answer rests on is taken, however long it is", () => {
    fc.assert(
      fc.property(replies, languages, (reply, spoken) => {
        expect(faultsOf(renderWhy(reply, FILE, LANGUAGES[spoken]))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("an entity is taken, however long its parts are", () => {
    fc.assert(
      fc.property(
        words({ min: 1, max: 600 }),
        words({ max: 5_000 }),
        languages,
        (title, description, spoken) => {
          const { entity } = entityRecord("x:1", title);
          const others = [1, 2, 3].map(() => ({ ...entity, title }));
          expect(
            faultsOf(
              renderEntity({ ...entity, description }, others, { file: FILE, alt: title }, LANGUAGES[spoken]),
            ),
          ).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("an answer of blanks is still taken", () => {
    const body = renderReply({ ...base, text: " \n ", citations: [] }, { texts, pictures, remarks: [] });
    expect(faultsOf(body)).toEqual([]);
  });

  it("a long answer is cut, with a button for all of it", () => {
    const draw = (text: string) =>
      JSON.stringify(renderReply({ ...base, text }, { texts, pictures, remarks: [] }).blocks);
    expect(draw("A sentence that says something. ".repeat(200))).toContain(`"action_id":"${ACTIONS.more}"`);
    expect(draw(base.text)).not.toContain(`"action_id":"${ACTIONS.more}"`);
  });

  it("every form is taken, in every language, however many entities there are to choose from", () => {
    fc.assert(
      fc.property(
        languages,
        fc.uniqueArray(fc.record({ id: words({ min: 1, max: 200 }), title: words({ min: 1, max: 200 }) }), {
          maxLength: 150,
          selector: ({ id }) => id,
        }),
        fc.string({ maxLength: 5_000 }),
        (language, entities, typed) => {
          const spoken = LANGUAGES[language];
          const target = { channel: "C1", thread: "1.2", files: ["F1"], interaction: ID };
          const given = { texts: spoken, words: typed, most: 1_000 };
          expect(viewFaultsOf(questionForm(NOWHERE, { ...given, upload: true }))).toEqual([]);
          expect(viewFaultsOf(questionForm(target, { ...given, upload: false }))).toEqual([]);
          expect(viewFaultsOf(correctionForm(target, entities, spoken))).toEqual([]);
          expect(
            viewFaultsOf(settingsForm({ ...DEFAULT_CHAT_SETTINGS, privateAnswers: true }, spoken)),
          ).toEqual([]);
          expect(viewFaultsOf(notice(spoken.privacyTitle, [spoken.privacyPolicy], spoken))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(Object.entries(LANGUAGES))("no words of ours are cut in forms and at home (%s)", (_, spoken) => {
    const target = { channel: "C1", thread: "1.2", files: [], interaction: ID };
    const given = { texts: spoken, words: "", most: 1_000 };
    const state = {
      texts: spoken,
      recent: [],
      allowsTraining: false,
      policy: true,
      settings: DEFAULT_CHAT_SETTINGS,
    };
    const views = [
      questionForm(NOWHERE, { ...given, upload: true }),
      questionForm(target, { ...given, upload: false }),
      correctionForm(target, [{ id: "e", title: "Chad" }], spoken),
      settingsForm(DEFAULT_CHAT_SETTINGS, spoken),
      notice(spoken.privacyTitle, ["."], spoken),
      renderHome({ ...state, told: null }),
    ];
    expect(JSON.stringify(views)).not.toContain("…");
  });

  it("the home tab is taken, in every language, whatever was asked", () => {
    fc.assert(
      fc.property(
        languages,
        fc.array(fc.record({ question: words({ min: 1, max: 2_000 }), answer: words({ max: 9_000 }) }), {
          maxLength: 5,
        }),
        fc.boolean(),
        (spoken, asked, admin) => {
          const recent = asked.map((one, index) => ({ ...one, id: String(index), askedAt: new Date(0) }));
          const channels = Array.from({ length: 100 }, (_, index) => `C${index}`);
          const settings = admin ? { ...DEFAULT_CHAT_SETTINGS, channels } : null;
          const state = {
            texts: LANGUAGES[spoken],
            recent,
            allowsTraining: admin,
            policy: admin,
            settings,
            told: "Done.",
          };
          expect(viewFaultsOf(renderHome(state))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("the check of limits finds", () => {
  const section = (text: string) => ({ type: "section" as const, text: { type: "mrkdwn" as const, text } });
  const button = (words: string, value: string) => ({
    type: "actions" as const,
    elements: [
      { type: "button" as const, action_id: "a", value, text: { type: "plain_text" as const, text: words } },
    ],
  });
  it.each([
    ["no text", { text: " ", blocks: [] }],
    ["too many blocks", { text: "x", blocks: Array.from({ length: 51 }, () => section("x")) }],
    ["a section that is too long", { text: "x", blocks: [section("x".repeat(LIMITS.section + 1))] }],
    [
      "sections that are too long together",
      { text: "x", blocks: Array.from({ length: 5 }, () => section("x".repeat(2_900))) },
    ],
    ["an empty section", { text: "x", blocks: [section("")] }],
    ["a button with too many words", { text: "x", blocks: [button("x".repeat(76), "v")] }],
    ["a button with too long a value", { text: "x", blocks: [button("x", "v".repeat(2_001))] }],
    [
      "a picture without words for it",
      { text: "x", blocks: [{ type: "image" as const, alt_text: "", slack_file: { id: FILE } }] },
    ],
  ])("%s", (_, body) => {
    expect(messageFaults(body)).not.toEqual([]);
  });
});

describe("what a form is about", () => {
  it("comes back as it was written", () => {
    const target = { channel: "C1", thread: "1.2", files: ["F1", "F2"], interaction: ID };
    expect(readTarget(writeTarget(target))).toEqual(target);
    expect(readTarget("")).toEqual(NOWHERE);
  });
});
