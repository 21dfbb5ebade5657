import { PermissionFlagsBits } from "discord.js";
import { describe, expect, it } from "vitest";
import { createPeopleBook } from "../../../src/adapters/prisma/people-book.ts";
import { createPostBook } from "../../../src/adapters/prisma/post-book.ts";
import { createSettingsStore } from "../../../src/adapters/prisma/settings-store.ts";
import { answerIn, formOf, MENTION, patient, picture } from "../../support/discord/scene.ts";
import { useStage } from "../../support/discord/stage.ts";
import { scriptedWeb } from "../../support/scripted-web.ts";

const stage = useStage();

/** A gate that every call of a port must pass. */
function createGate() {
  let open: () => void = () => {};
  let opened = Promise.resolve();
  return {
    close() {
      opened = new Promise((resolve) => {
        open = resolve;
      });
    },
    open: () => open(),
    before<Port extends object>(port: Port): Port {
      return new Proxy(port, {
        get:
          (target, name) =>
          async (...given: unknown[]) => {
            await opened;
            return (target[name as keyof Port] as (...given: unknown[]) => unknown).apply(target, given);
          },
      });
    },
  };
}

describe("Discord: acknowledging", () => {
  it("never waits for a database: everything that people use is answered within Discord's three seconds", async () => {
    const gate = createGate();
    const { client } = stage.host.database;
    const scene = await stage.open({
      ledger: gate.before(stage.host.ledger),
      posts: gate.before(createPostBook(client)),
      people: gate.before(createPeopleBook(client)),
      settings: gate.before(createSettingsStore(client)),
      store: gate.before(scriptedWeb().options.store),
    });
    const { discord, channel } = scene;
    discord.say(channel, `${MENTION} Which money, at length?`, { files: [await picture()] });
    const { id } = await answerIn(scene);
    const correction = await formOf(discord.press(id, "unhelpful"));

    gate.close();
    const admin = { permissions: PermissionFlagsBits.ManageGuild };
    const used = [
      discord.command(channel, "ask", { question: "Which money?", image: await picture() }),
      discord.command(channel, "lookup", { name: "Chad" }),
      discord.command(channel, "help"),
      discord.command(channel, "about"),
      discord.command(channel, "privacy"),
      discord.command(channel, "rora training", { allowed: true }, admin),
      discord.messageCommand(id, "Ask about this image"),
      ...["helpful", "unhelpful", "why", "ask-on", "more"].map((button) => discord.press(id, button)),
      discord.submit(correction, { reason: "wrong-fact" }),
    ];
    await expect.poll(() => used.filter(({ state }) => state === "new"), patient).toEqual([]);
    gate.open();
    await answerIn(scene, channel, 2);
  });
});
