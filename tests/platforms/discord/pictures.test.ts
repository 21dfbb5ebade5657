import { describe, expect, it } from "vitest";
import { answerIn, isAnswer, MENTION, picture, saidIn } from "../../support/discord/scene.ts";
import { useStage } from "../../support/discord/stage.ts";
import { textOf } from "../../support/discord/world.ts";

const stage = useStage();

describe("Discord: pictures", () => {
  it.each<
    [string, () => Promise<{ name: string; bytes: Uint8Array; size?: number; type?: string | null }>, string]
  >([
    [
      "a picture that is too large",
      async () => ({ ...(await picture()), size: 2 ** 21 }),
      "larger than 1 MB",
    ],
    [
      "one that is larger than it claims",
      async () => ({ name: "a.png", bytes: new Uint8Array(2 ** 21), size: 10 }),
      "larger than 1 MB",
    ],
    [
      "a file that is no picture",
      async () => ({ name: "notes.txt", bytes: new Uint8Array(3) }),
      "notes.txt is not a picture",
    ],
  ])("%s", async (_, file, words) => {
    const scene = await stage.open();
    scene.discord.say(scene.channel, `${MENTION} Which money?`, { files: [await file()] });
    expect(textOf(await saidIn(scene, words))).toMatch(/Reference: [\w-]+/);
    expect(scene.discord.answersIn(scene.channel).filter(isAnswer)).toEqual([]);
  });

  it("a picture whose address has expired", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const shown = discord.say(channel, "old", { files: [await picture()] });
    discord.cdn.expireAll();
    discord.say(channel, `${MENTION} Which money?`, { replyTo: shown.id });
    await saidIn(scene, "can no longer be fetched");
  });

  it("a picture whose transfer breaks off is fetched again, but not forever", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.cdn.breakOff(2);
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    await answerIn(scene);
    discord.cdn.breakOff(100);
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture()] });
    await saidIn(scene, "did not hand over this picture");
  });

  it("an attachment that lies elsewhere is never fetched", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    const message = discord.say(channel, "foreign", { files: [await picture()] });
    Object.assign(message.attachments[0]!, { url: "http://127.0.0.1:9/internal.png" });
    discord.say(channel, `${MENTION} Which money?`, { replyTo: message.id });
    await saidIn(scene, "from Discord alone");
  });

  it("a spoiler is answered behind a spoiler, and nothing of it is shown meanwhile", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money?`, { files: [await picture("SPOILER_photo.png")] });
    const answer = await answerIn(scene);
    expect(answer.components[0]).toMatchObject({ spoiler: true });
    expect(answer.history.join()).not.toContain("Chad");
    discord.press(answer.id, "why");
    const why = await saidIn(scene, "What this answer rests on");
    expect(why.components[0]).toMatchObject({ items: [{ spoiler: true }] });
  });

  it("an animated picture is answered with what was looked at", async () => {
    const scene = await stage.open();
    scene.discord.say(scene.channel, `${MENTION} animated, which money?`, {
      files: [await picture("a.gif")],
    });
    await answerIn(scene);
    await saidIn(scene, "only its first frame");
  });
});
