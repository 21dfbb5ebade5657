import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type LoopbackDiscord, openLoopbackDiscord } from "../../support/discord/loopback.ts";
import { isAnswer, MENTION, patient, picture } from "../../support/discord/scene.ts";
import { textOf } from "../../support/discord/world.ts";

describe("Discord: a process that is killed in the middle of a question", () => {
  const script = fileURLToPath(new URL("../../support/discord/bot-process.ts", import.meta.url));
  const start = async (discord: LoopbackDiscord, folder: string) => {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", script, folder, JSON.stringify(discord.endpoints)],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await once(child.stdout!, "data");
    return child;
  };

  it("is followed by one that tells the person, once, and whose answers go on", async () => {
    const folder = await mkdtemp(join(tmpdir(), "rora-discord-"));
    const discord = await openLoopbackDiscord();
    const place = discord.addGuild();
    const texts = () => discord.textsIn(place.channel);
    const first = await start(discord, folder);
    const files = [await picture()];
    const question = discord.say(place.channel, `${MENTION} slow, which money?`, { files });
    discord.command(place.channel, "ask", { question: "slow as well" });
    await expect.poll(() => texts().filter((text) => /…/.test(text)).length, patient).toBe(2);
    await expect.poll(() => discord.cdn.served.length, patient).toBe(1);
    first.kill("SIGKILL");
    await once(first, "close");

    const second = await start(discord, folder);
    await expect
      .poll(() => texts().filter((text) => text.includes("I was restarted")).length, patient)
      .toBe(2);
    // Where its answer stands was known to the database before its picture was fetched: the same message tells it.
    const replies = discord
      .answersIn(place.channel)
      .filter(({ message_reference }) => message_reference?.message_id === question.id);
    expect(replies.map(textOf)).toEqual([expect.stringContaining("I was restarted")]);
    discord.say(place.channel, `${MENTION} Which money?`);
    const answered = () => discord.answersIn(place.channel).filter(isAnswer);
    await expect.poll(() => answered().length, patient).toBe(1);
    second.kill("SIGTERM");
    await once(second, "close");

    const third = await start(discord, folder);
    discord.press(answered()[0]!.id, "why");
    await expect
      .poll(() => texts().some((text) => text.includes("What this answer rests on")), patient)
      .toBe(true);
    expect(texts().filter((text) => text.includes("I was restarted"))).toHaveLength(2);
    expect(textOf(answered()[0]!)).toContain("CFA franc");
    third.kill("SIGTERM");
    await once(third, "close");
    await discord.close();
    await rm(folder, { recursive: true, force: true });
  }, 180_000);
});
