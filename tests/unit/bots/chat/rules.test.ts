import { describe, expect, it } from "vitest";
import { askerOf } from "../../../../bots/chat/asker.ts";
import { receiveCorrection, verdictOf } from "../../../../bots/chat/feedback.ts";
import { createHourlyLimit } from "../../../../bots/chat/hourly-limit.ts";
import { createLatestOnly } from "../../../../bots/chat/latest-only.ts";
import { receivePictures, receiveText } from "../../../../bots/chat/receive.ts";
import { english } from "../../../../bots/chat/texts/english.ts";

const attachment = (name: string, contentType: string | null = "image/png") => ({
  name,
  contentType,
  url: `https://cdn.discordapp.com/${name}`,
  size: 1,
  spoiler: false,
});

const options = { texts: english, harmless: (text: string) => text };

describe("what was posted", () => {
  it("is text without the mention and without what hides text", () => {
    const given = { botId: "1", pictures: 0, most: 50, texts: english };
    expect(receiveText("<@1> Which\u202E money\u0000?  <@!1>", given)).toBe("Which money ?");
    expect(receiveText("<@1>", { ...given, pictures: 1 })).toBe("What is this?");
    expect(() => receiveText("<@1>", given)).toThrow(english.emptyQuestion);
    expect(() => receiveText("x".repeat(51), given)).toThrow("50 characters");
  });

  it("is three pictures at most, the others named, and no other files", () => {
    const files = ["a.png", "b.png", "c.png", "d.png"].map((name) => attachment(name));
    const { pictures, remarks } = receivePictures([attachment("a.txt", "text/plain"), ...files], options);
    expect(pictures.map(({ name }) => name)).toEqual(["a.png", "b.png", "c.png"]);
    expect(remarks).toEqual([english.morePictures(3)]);
    expect(receivePictures([], options).pictures).toEqual([]);
    expect(receivePictures([attachment("a", null)], options).pictures).toHaveLength(1);
    expect(() => receivePictures([attachment("a.mp4", "video/mp4")], options)).toThrow(
      "a.mp4 is not a picture",
    );
  });

  it("is a spoiler by its name or by its flag", () => {
    const hidden = [
      attachment("SPOILER_a.png"),
      { ...attachment("a.png"), spoiler: true },
      attachment("b.png"),
    ];
    expect(receivePictures(hidden, options).pictures.map(({ spoiler }) => spoiler)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe("a pseudonym", () => {
  const key = Buffer.from("a key");
  it("is the same for the same person in a tenant, and tells nothing elsewhere or without the key", () => {
    const one = askerOf("discord:1", "42", key);
    expect(askerOf("discord:1", "42", key)).toEqual(one);
    expect(askerOf("discord:2", "42", key).pseudonym).not.toBe(one.pseudonym);
    expect(askerOf("discord:1", "42", Buffer.from("another")).pseudonym).not.toBe(one.pseudonym);
  });
});

describe("feedback", () => {
  it.each([
    ["👍", "helpful"],
    ["👍🏿", "helpful"],
    ["👎🏻", "unhelpful"],
    ["🎉", null],
    [null, null],
  ])("%s says %s", (emoji, verdict) => {
    expect(verdictOf(emoji)).toBe(verdict);
  });

  it("takes of a correction what was filled in, and only entities that were offered", () => {
    expect(receiveCorrection({ reason: null, entity: null, answer: " " }, [])).toEqual({
      verdict: "unhelpful",
    });
    expect(receiveCorrection({ reason: "wrong-fact", entity: "x:2", answer: "Two" }, ["x:1"])).toEqual({
      verdict: "unhelpful",
      reason: "wrong-fact",
      correctedAnswer: "Two",
    });
    expect(receiveCorrection({ reason: "other", entity: "x:1", answer: "" }, ["x:1"])).toEqual({
      verdict: "unhelpful",
      correctEntityId: "x:1",
    });
  });
});

describe("an hour's questions", () => {
  it("are so many for each person, and again after an hour", () => {
    let minute = 0;
    const limit = createHourlyLimit(() => minute * 60_000);
    expect([limit.take("a", 2), limit.take("a", 2), limit.take("b", 2)]).toEqual([0, 0, 0]);
    minute = 15;
    expect(limit.take("a", 2)).toBe(45);
    expect(limit.take("a", 0)).toBe(0);
    minute = 61;
    expect(limit.take("a", 2)).toBe(0);
  });
});

describe("showing the latest only", () => {
  it("leaves out what came in between, and nothing comes after it has settled", async () => {
    const shown: number[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const latest = createLatestOnly(async (value: number) => {
      shown.push(value);
      if (value === 1) await held;
    }, 1);
    for (const value of [1, 2, 3]) latest.offer(value);
    release();
    await expect.poll(() => shown).toEqual([1, 3]);
    latest.offer(4);
    await latest.settle();
    latest.offer(5);
    await latest.settle();
    expect(shown).not.toContain(5);
    expect(shown).not.toContain(2);
  });
});
