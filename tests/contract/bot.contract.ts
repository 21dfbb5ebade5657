/** What holds for every bot, whatever its platform. The bot runs over the scripted assistant and a real ledger. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Question } from "../../src/domain/question.ts";
import type { Ledger } from "../../src/ports.ts";

/** An answer, or a refusal, as people see it. */
export interface Shown {
  /** All words of it. */
  readonly text: string;
  /** Null for a refusal. */
  readonly interactionId: string | null;
  /** Names it for `ask`, `rate` and `liveMarks`. */
  readonly handle: unknown;
}

export interface BotUnderTest {
  readonly ledger: Ledger;
  /** Questions that reached the assistant, in order. */
  readonly questions: readonly Question[];
  /** Somebody asks, with a picture unless it follows an answer; resolves when they have been told something final. */
  ask(text: string, follows?: Shown): Promise<Shown>;
  readonly events?: {
    /** The platform sends the event of the latest question again. */
    repeat(): void;
    /** The platform lets the bot see a question that the bot has written itself. */
    echo(): void;
  };
  /** The asker judges; resolves when the platform has taken it. */
  rate(answer: Shown, verdict: "helpful" | "unhelpful"): Promise<void>;
  /** What in an answer the platform would act on: notifications, links that are not the source's, markup. */
  liveMarks(answer: Shown): string[];
  close(): Promise<void>;
}

/** `events`: the platform pushes events, which may come twice or be the bot's own. */
export function botContract(open: () => Promise<BotUnderTest>, { events }: { events: boolean }): void {
  let bot: BotUnderTest;
  beforeAll(async () => {
    bot = await open();
  });
  afterAll(() => bot?.close());

  it("answers, and the answer is kept with what it rests on", async () => {
    const shown = await bot.ask("Which money?");
    expect(shown.text).toContain("Central African CFA franc");
    const { asker } = bot.questions.at(-1)!;
    const kept = await bot.ledger.interaction(shown.interactionId!, asker.tenant);
    expect(kept).toMatchObject({ question: "Which money?", reply: { kind: "answer" } });
    expect(kept!.imageSha256).not.toBeNull();
  });

  it("goes on with a conversation, whose picture stays", async () => {
    const first = await bot.ask("Which money?");
    const second = await bot.ask("And in the north?", first);
    const { asker, image, conversation } = bot.questions.at(-1)!;
    expect(image).toBeUndefined();
    const begun = await bot.ledger.interaction(first.interactionId!, asker.tenant);
    const continued = await bot.ledger.interaction(second.interactionId!, asker.tenant);
    expect(conversation).toBe(begun!.reply.conversation);
    expect(continued!.reply.conversation).toBe(begun!.reply.conversation);
  });

  it("begins a new conversation for a new question", async () => {
    const first = await bot.ask("Which money?");
    const second = await bot.ask("Which money?");
    const { tenant } = bot.questions.at(-1)!.asker;
    const [one, two] = await Promise.all(
      [first, second].map(({ interactionId }) => bot.ledger.interaction(interactionId!, tenant)),
    );
    expect(one!.reply.conversation).not.toBe(two!.reply.conversation);
  });

  if (events) {
    it("gives one answer to one event, however often it comes", async () => {
      await bot.ask("Is this asked once?");
      bot.events!.repeat();
      bot.events!.repeat();
      await bot.ask("And this?");
      expect(bot.questions.filter(({ text }) => text === "Is this asked once?")).toHaveLength(1);
    });

    it("does not hear itself", async () => {
      const before = bot.questions.length;
      bot.events!.echo();
      await bot.ask("Did you hear yourself?");
      expect(bot.questions.slice(before).map(({ text }) => text)).toEqual(["Did you hear yourself?"]);
    });
  }

  it("brings a verdict to the ledger, and a change of mind after it", async () => {
    const shown = await bot.ask("Which money?");
    const { asker } = bot.questions.at(-1)!;
    const verdicts = async () => {
      const { feedback } = (await bot.ledger.exportPerson(asker)) as unknown as {
        feedback: { interactionId: string; verdict: string; supersededAt: Date | null; isAsker: boolean }[];
      };
      const own = feedback.filter(({ interactionId }) => interactionId === shown.interactionId);
      return own
        .filter(({ supersededAt }) => supersededAt === null)
        .map(({ verdict, isAsker }) => ({ verdict, isAsker }));
    };
    await bot.rate(shown, "helpful");
    await expect.poll(verdicts, { timeout: 30_000 }).toEqual([{ verdict: "helpful", isAsker: true }]);
    await bot.rate(shown, "unhelpful");
    await expect.poll(verdicts, { timeout: 30_000 }).toEqual([{ verdict: "unhelpful", isAsker: true }]);
  });

  it.each([
    ["busy", "Many people are asking right now"],
    ["unreadable", "not a picture Rora can read"],
    ["break", "Something went wrong on our side"],
  ])("tells a failure (%s) in plain words, without its details", async (course, words) => {
    const shown = await bot.ask(course);
    expect(shown.text).toContain(words);
    expect(shown.text).not.toContain("secret detail");
    expect(shown.interactionId).toBeNull();
  });

  it("tells that it does not know, and what would help", async () => {
    expect((await bot.ask("abstain")).text).toContain("A closer view of the flag would help");
  });

  it("makes nothing of an answer ring or link", async () => {
    const shown = await bot.ask("shout");
    expect(shown.text).toContain("money");
    expect(bot.liveMarks(shown)).toEqual([]);
  });
}
