import { describe, expect, it } from "vitest";
import { faultInWords, noticeInWords, replyInWords } from "../../../../bots/chat/core-words.ts";
import { english } from "../../../../bots/chat/texts/english.ts";
import { french } from "../../../../bots/chat/texts/french.ts";
import { german } from "../../../../bots/chat/texts/german.ts";
import { japanese } from "../../../../bots/chat/texts/japanese.ts";
import { spanish } from "../../../../bots/chat/texts/spanish.ts";
import { chinese } from "../../../../bots/chat/texts/traditional-chinese.ts";
import type { Reply } from "../../../../src/domain/reply.ts";
import { RoraError } from "../../../../src/errors.ts";

const candidate = (title: string, image: number | null) => ({ entity: { title }, scores: { image } });
const unknowing = (reason: string, candidates: object[]) =>
  ({ kind: "abstention", text: "I don't know.", reason, candidates }) as unknown as Reply;
const pictured = [candidate("Chad", 0.9), candidate("Chad", 0.8), candidate("Romania", 0.7)];

describe("what the core says", () => {
  it("stays as it is in English, where it says more than a translation of its kind could", () => {
    const fault = new RoraError("image-unreadable", "SVG drawings are not taken.");
    expect(faultInWords(fault, english)).toBe(fault);
    expect(noticeInWords({ kind: "animated", text: "as said" }, english)).toBe("as said");
    expect(replyInWords(unknowing("nothing-relevant", pictured), english)).toBe("I don't know.");
  });

  it("is told in the reader's language, with how long to wait, and keeps its cause for the log", () => {
    const busy = new RoraError("busy", "Many people …", { retryAfterSeconds: 7 });
    expect(faultInWords(busy, german)).toMatchObject({
      code: "busy",
      message: expect.stringContaining("in 7 Sekunden"),
      retryAfterSeconds: 7,
    });
    const cause = new Error("secret detail");
    const down = faultInWords(new RoraError("unavailable", "The model …", { cause }), japanese);
    expect(down).toMatchObject({ message: expect.stringContaining("回答できません"), cause });
    const broken = new Error("not ours");
    expect(faultInWords(broken, german)).toBe(broken);
  });

  it("of an animated picture says which part of it was looked at", () => {
    expect(noticeInWords({ kind: "animated", text: "" }, spanish)).toContain("solo se miró la primera");
  });

  it.each([german, french, spanish, japanese, chinese])("of not knowing says what was seen (%#)", (texts) => {
    for (const reason of ["nothing-relevant", "not-in-evidence"]) {
      const words = replyInWords(unknowing(reason, pictured), texts);
      expect(words).toMatch(/Chad.*Romania/);
      expect(words).not.toMatch(/Chad.*Chad/);
    }
    expect(replyInWords(unknowing("nothing-relevant", [candidate("Chad", null)]), texts)).toContain("Chad");
    expect(replyInWords(unknowing("nothing-relevant", []), texts)).toBe(texts.core!.nothingKnown);
  });

  it("as an answer stays in the knowledge's own words", () => {
    const reply = { kind: "answer", text: "The euro.", candidates: [] } as unknown as Reply;
    expect(replyInWords(reply, german)).toBe("The euro.");
  });
});
