/** One guild in a loopback Discord with a bot in it, and what tests look for there. */
import sharp from "sharp";
import { expect } from "vitest";
import type { DiscordBot } from "../../../bots/discord/main.ts";
import { type LoopbackDiscord, openLoopbackDiscord } from "./loopback.ts";
import type { ScriptedHost } from "./scripted.ts";
import { BOT, type StoredInteraction, type StoredMessage, textOf } from "./world.ts";

export const MENTION = `<@${BOT.id}>`;
/** How long a slow machine may take; what is asserted is what comes, not when. */
export const patient = { timeout: 60_000, interval: 25 };

export interface Scene {
  readonly discord: LoopbackDiscord;
  readonly bot: DiscordBot;
  readonly guild: string;
  readonly channel: string;
  close(): Promise<void>;
}

export type SceneOptions = Parameters<ScriptedHost["bot"]>[1] & { permissions?: bigint; locale?: string };

export async function openScene(host: ScriptedHost, options: SceneOptions = {}): Promise<Scene> {
  const { permissions, locale, ...overrides } = options;
  const discord = await openLoopbackDiscord();
  const place = discord.addGuild({
    ...(permissions === undefined ? {} : { permissions }),
    ...(locale === undefined ? {} : { locale }),
  });
  const bot = host.bot(discord, overrides);
  await bot.start();
  return {
    discord,
    bot,
    ...place,
    async close() {
      await bot.stop();
      await discord.close();
    },
  };
}

export async function picture(name = "photo.png") {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#246" } })
    .png()
    .toBuffer();
  return { name, bytes: new Uint8Array(bytes) };
}

/** Whether a message is an answer: it has the buttons for it. */
export function isAnswer({ components }: StoredMessage): boolean {
  return JSON.stringify(components).includes('"helpful:');
}

/** The latest of the answers in a channel, once there are `count`. */
export async function answerIn(scene: Scene, channel = scene.channel, count = 1): Promise<StoredMessage> {
  const answers = () => scene.discord.answersIn(channel).filter(isAnswer);
  await expect.poll(() => answers().length, patient).toBe(count);
  return answers().at(-1)!;
}

/** What the bot said last in a channel, once it holds the words. */
export async function saidIn(scene: Scene, words: string, channel = scene.channel): Promise<StoredMessage> {
  const said = () => scene.discord.answersIn(channel).findLast((message) => textOf(message).includes(words));
  await expect.poll(() => said() !== undefined || scene.discord.textsIn(channel), patient).toBe(true);
  return said()!;
}

/** Waits until an interaction has opened its form. */
export async function formOf(interaction: StoredInteraction): Promise<StoredInteraction> {
  await expect.poll(() => interaction.state, patient).toBe("form");
  return interaction;
}

/** Interaction id of an answer, as its buttons name it. */
export function interactionIdOf({ components }: StoredMessage): string {
  return /"helpful:([\w-]+)"/.exec(JSON.stringify(components))![1]!;
}
