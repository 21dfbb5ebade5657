import { describe, expect, it } from "vitest";
import { renderProgress, renderReply, renderReplyJson, sentenceWith } from "../../../src/cli/render.ts";
import type { Reply } from "../../../src/domain/reply.ts";
import { answer, entityRecord, judgedCandidates } from "../../support/replies.ts";

const reply = answer(
  "i",
  "c",
  judgedCandidates(["Chad", "Romania", "Andorra"].map((title) => entityRecord(title, title))),
);

describe("a reply on a terminal", () => {
  it("has the answer, the entity it rests on, the sentence that carries it, and what else it could be", () => {
    expect(renderReply(reply)).toBe(
      [
        "The Central African CFA franc.",
        "",
        "Chad (90 % sure) · Money",
        "“Money of Chad.”",
        "https://example.org/Chad#Money · tests",
        "",
        "Otherwise: Romania (70 %), Andorra (50 %)",
      ].join("\n"),
    );
  });

  it("that does not know says so and what was nearest", () => {
    const abstention: Reply = {
      ...reply,
      kind: "abstention",
      text: "I don't know.",
      citations: [],
      reason: "nothing-relevant",
    };
    expect(renderReply(abstention)).toBe(
      "I don't know.\n\nOtherwise: Chad (90 %), Romania (70 %), Andorra (50 %)",
    );
  });

  it("as JSON has everything but the bytes of pictures", () => {
    const parsed = JSON.parse(renderReplyJson(reply));
    expect(parsed.text).toBe(reply.text);
    expect(parsed.evidence[0].entityImage).toMatchObject({ alt: "Flag of Romania" });
    expect(parsed.evidence[0].entityImage.bytes).toBeUndefined();
  });
});

describe("the sentence that carries an answer", () => {
  it("shares most words with it", () => {
    const passage = "Chad lies in Africa. Its money is the CFA franc. It has 16 million people.";
    expect(sentenceWith("the CFA franc", passage)).toBe("Its money is the CFA franc.");
  });

  it("is the first one when none does", () => {
    expect(sentenceWith("?", "One. Two.")).toBe("One.");
  });
});

describe("progress on a terminal", () => {
  it("tells places, pictures, entities and evidence", () => {
    const { entity, images } = entityRecord("td", "Chad");
    const lines = [
      ...renderProgress({ kind: "queued", ahead: 2 }),
      ...renderProgress({
        kind: "image-read",
        width: 640,
        height: 480,
        notices: [{ kind: "animated", text: "Only the first frame was read." }],
      }),
      ...renderProgress({
        kind: "entities-found",
        entities: [{ entity, entityImage: images[0]!, similarity: 0.912 }],
      }),
      ...renderProgress({ kind: "entities-found", entities: [] }),
      ...renderProgress({ kind: "evidence-chosen", evidence: reply.evidence.slice(0, 1) }),
      ...renderProgress({ kind: "answer-delta", text: "The" }),
    ];
    expect(lines).toEqual([
      "Waiting: 2 in front.",
      "Looking at the picture (640 × 480).",
      "Only the first frame was read.",
      "Found: Chad 0.91.",
      "Found: nothing that I know.",
      "Reading [1] Romania: Money.",
    ]);
  });
});
