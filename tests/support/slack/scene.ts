/** One workspace in a loopback Slack with a bot in it, and what tests look for there. */
import { expect } from "vitest";
import type { SlackBot } from "../../../bots/slack/main.ts";
import { BOT_EVENTS, BOT_SCOPES } from "../../../bots/slack/manifest/scopes.ts";
import { patient } from "../discord/scene.ts";
import type { ScriptedHost } from "../discord/scripted.ts";
import { elementsOf } from "./blocks.ts";
import { type LoopbackSlack, openLoopbackSlack } from "./loopback.ts";
import { textOf } from "./message-parts.ts";
import { type SlackOverrides, scriptedSlackBot } from "./scripted.ts";
import type { StoredMessage, StoredView } from "./world.ts";

export { patient, picture } from "../discord/scene.ts";

export interface Scene {
  readonly slack: LoopbackSlack;
  readonly bot: SlackBot;
  readonly channel: string;
  close(): Promise<void>;
}

/** A Slack whose workspaces grant what the manifest asks for, and send what it subscribes to. */
export function openGrantedSlack(): Promise<LoopbackSlack> {
  return openLoopbackSlack({ subscribed: new Set(BOT_EVENTS), scopes: BOT_SCOPES });
}

/** `start`: false leaves that to the test. */
export async function openScene(
  host: ScriptedHost,
  { start = true, ...overrides }: SlackOverrides & { readonly start?: boolean } = {},
): Promise<Scene> {
  const slack = await openGrantedSlack();
  // What is waited for is another test's matter.
  slack.rates.speed = 1_000;
  const bot = scriptedSlackBot(host, slack, overrides);
  if (start) await bot.start();
  return {
    slack,
    bot,
    channel: slack.channel,
    async close() {
      await bot.stop();
      await slack.close();
      expect(slack.faults).toEqual([]);
    },
  };
}

/** Whether a message is an answer: it has the buttons for it. */
export function isAnswer({ blocks }: StoredMessage): boolean {
  return blocks.some((block) => elementsOf(block).some(({ type }) => type === "feedback_buttons"));
}

/** The interaction that an answer's buttons name. */
export function interactionIdOf({ blocks }: StoredMessage): string {
  const buttons = blocks.flatMap(elementsOf).find(({ type }) => type === "feedback_buttons");
  return buttons!.positive_button!.value;
}

/** The form that somebody has open, once it is. */
export async function modalOf({ slack }: Scene, person = slack.alice): Promise<StoredView> {
  await expect.poll(() => slack.modalsOf(person).length, patient).toBeGreaterThan(0);
  return slack.modalsOf(person).at(-1)!;
}

/** The latest of the answers in a conversation, once there are `count`. */
export async function answerIn({ slack }: Scene, channel: string, count = 1): Promise<StoredMessage> {
  const answers = () => slack.answersIn(channel).filter(isAnswer);
  await expect.poll(() => answers().length, patient).toBe(count);
  return answers().at(-1)!;
}

/** What the bot said last in a conversation, once it holds the words. */
export async function saidIn(
  { slack }: Scene,
  words: string,
  channel = slack.channel,
): Promise<StoredMessage> {
  const found = () =>
    slack
      .answersIn(channel)
      .filter((message) => textOf(message).includes(words))
      .at(-1);
  await expect.poll(() => found() !== undefined, patient).toBe(true);
  return found()!;
}
