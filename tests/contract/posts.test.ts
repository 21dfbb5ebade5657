import { expect, it } from "vitest";
import { createPostBook } from "../../src/adapters/prisma/post-book.ts";
import { createSettingsStore } from "../../src/adapters/prisma/settings-store.ts";
import { DEFAULT_CHAT_SETTINGS } from "../../src/domain/settings.ts";
import { describeOnEachDatabase } from "../support/databases.ts";

const fresh = () => crypto.randomUUID();
const post = (more: { channel?: string; eventId?: string } = {}) => ({
  interactionId: fresh(),
  platform: "discord" as const,
  eventId: fresh(),
  tenant: "t",
  channel: "c",
  questionMessage: "q",
  answerMessage: null,
  conversation: null,
  ...more,
});

describeOnEachDatabase("posts", (open) => {
  const book = async () => createPostBook((await open()).client);

  it("take an event once, even at the same moment, and tell platforms apart", async () => {
    const posts = await book();
    const eventId = fresh();
    const taken = await Promise.all([posts.open(post({ eventId })), posts.open(post({ eventId }))]);
    expect(taken.sort()).toEqual([false, true]);
    expect(await posts.open({ ...post({ eventId }), platform: "slack" })).toBe(true);
  });

  it("are found by their interaction, by their answer, and as the latest of their channel", async () => {
    const posts = await book();
    const [channel, message] = [fresh(), fresh()];
    const [first, second] = [post({ channel }), post({ channel })];
    for (const one of [first, second]) await posts.open(one);
    await posts.place(first.interactionId, message);
    expect(await posts.latest("discord", channel)).toBeNull();
    await posts.close(first.interactionId, "conversation");
    await posts.close(second.interactionId, null);
    const kept = { ...first, answerMessage: message, conversation: "conversation" };
    expect(await posts.byInteraction(first.interactionId)).toEqual(kept);
    expect(await posts.byMessage("discord", message)).toEqual(kept);
    expect(await posts.byMessage("slack", message)).toBeNull();
    expect(await posts.latest("discord", channel)).toEqual(kept);
    expect(await posts.byInteraction(fresh())).toBeNull();
  });

  it("are unanswered until they are closed", async () => {
    const posts = await book();
    const [open, closed] = [post(), post()];
    for (const one of [open, closed]) await posts.open(one);
    await posts.close(closed.interactionId, null);
    const ids = async (date: Date) =>
      (await posts.unanswered("discord", date)).map(({ interactionId }) => interactionId);
    const later = await ids(new Date(Date.now() + 60_000));
    expect(later).toContain(open.interactionId);
    expect(later).not.toContain(closed.interactionId);
    expect(await ids(new Date(Date.now() - 60_000))).not.toContain(open.interactionId);
  });
});

describeOnEachDatabase("settings of chats", (open) => {
  it("are those that were put last, of each tenant", async () => {
    const { client } = await open();
    const settings = createSettingsStore(client);
    const [one, two] = [fresh(), fresh()];
    const chosen = { ...DEFAULT_CHAT_SETTINGS, channels: ["1"], language: "de", trainingAllowed: true };
    await settings.put(one, DEFAULT_CHAT_SETTINGS);
    await settings.put(one, chosen);
    await settings.put(two, DEFAULT_CHAT_SETTINGS);
    const all = await settings.all();
    expect(all.get(one)).toEqual(chosen);
    expect(all.get(two)).toEqual(DEFAULT_CHAT_SETTINGS);
    expect(all.has(fresh())).toBe(false);
    expect(await client.tenantPolicy.findUnique({ where: { tenant: one } })).toMatchObject({
      trainingAllowed: true,
    });
  });
});
