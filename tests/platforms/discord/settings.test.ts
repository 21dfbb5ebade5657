import { PermissionFlagsBits } from "discord.js";
import { describe, expect, it } from "vitest";
import { answerIn, patient, saidIn } from "../../support/discord/scene.ts";
import { useStage } from "../../support/discord/stage.ts";

const stage = useStage();
const admin = { permissions: PermissionFlagsBits.ManageGuild };

describe("Discord: settings", () => {
  it("are for those who may manage the server", async () => {
    const scene = await stage.open();
    scene.discord.command(scene.channel, "rora training", { allowed: true });
    expect((await saidIn(scene, "may manage the server")).hiddenFor).toBe(scene.discord.alice.id);
  });

  it("take effect at once, and are there after a restart", async () => {
    const scene = await stage.open();
    const { discord, channel, guild } = scene;
    const other = discord.addChannel(guild);
    discord.command(channel, "rora channel", { channel: other, allowed: true }, admin);
    expect((await saidIn(scene, `Channels: <#${other}>`)).hiddenFor).toBe(discord.alice.id);
    discord.command(channel, "ask", { question: "Which money?" });
    await saidIn(scene, "I answer only in");
    discord.command(channel, "lookup", { name: "Chad" });
    const refused = () => discord.textsIn(channel).filter((text) => text.includes("I answer only in")).length;
    await expect.poll(refused, patient).toBe(2);
    await stage.restart(scene);
    discord.command(channel, "ask", { question: "Which money?" });
    await expect.poll(refused, patient).toBe(3);
    discord.command(other, "ask", { question: "Which money?" });
    await answerIn(scene, other);
  });

  it("can let certain roles ask alone", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.command(channel, "rora role", { role: "123456", allowed: true }, admin);
    await saidIn(scene, "Who may ask: <@&123456>");
    discord.command(channel, "ask", { question: "Which money?" });
    await saidIn(scene, "only certain roles");
    discord.command(channel, "ask", { question: "Which money?" }, { roles: ["123456"] });
    await answerIn(scene);
  });

  it("can keep answers to commands private", async () => {
    const scene = await stage.open();
    const { discord, channel } = scene;
    discord.command(channel, "rora answers", { private: true }, admin);
    await saidIn(scene, "only for who asked");
    discord.command(channel, "ask", { question: "Which money?" });
    expect((await answerIn(scene)).hiddenFor).toBe(discord.alice.id);
  });

  it("can set a language for everybody, and allow training, which is off by default", async () => {
    const scene = await stage.open();
    const { discord, channel, guild } = scene;
    discord.command(channel, "rora show", {}, admin);
    await saidIn(scene, "Training: not allowed");
    discord.command(channel, "rora language", { language: "fr" }, admin);
    await saidIn(scene, "Langue: fr");
    discord.command(channel, "rora training", { allowed: true }, admin);
    await saidIn(scene, "Entraînement: autorisé");
    const policy = await stage.host.database.client.tenantPolicy.findUnique({
      where: { tenant: `discord:${guild}` },
    });
    expect(policy).toMatchObject({ trainingAllowed: true });
    discord.command(channel, "help");
    await saidIn(scene, "Envoie une image");
  });
});
