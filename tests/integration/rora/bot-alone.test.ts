import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config.ts";
import { createLog } from "../../../src/log.ts";
import { type Running, start } from "../../../src/start.ts";
import { openOnServer, type TestDatabase } from "../../support/databases.ts";
import { type LoopbackDiscord, openLoopbackDiscord } from "../../support/discord/loopback.ts";
import { interactionIdOf, isAnswer, MENTION } from "../../support/discord/scene.ts";
import { TOKEN, textOf } from "../../support/discord/world.ts";
import { flagPhoto } from "../../support/flag-photo.ts";
import { type Program, startRora } from "../../support/program.ts";
import { type RoundRobin, startRoundRobin } from "../../support/round-robin.ts";
import { isAnswer as isAnswerInSlack, openGrantedSlack } from "../../support/slack/scene.ts";
import { APP_TOKEN } from "../../support/slack/world.ts";

const CORE_TOKEN = "what-bots-and-cores-share";
const COUNTRIES = "pl se jp de fr it es ch at be dk fi".split(" ");
const AT_ONCE = 3;
const patient = { timeout: 120_000, interval: 50 };

function suite(server: string): void {
  let folder: string;
  let database: TestDatabase;
  let cores: (Program & { readonly url: string })[];
  let proxy: RoundRobin;
  let discord: LoopbackDiscord;
  let place: { guild: string; channel: string };
  let bot: Running;
  let shared: { DATABASE_URL: string; CORE_TOKEN: string };
  const answers = () => discord.answersIn(place.channel).filter(isAnswer);
  async function ask(country: string): Promise<void> {
    const file = await flagPhoto(country);
    const files = [{ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }];
    // Each by somebody else, as a server's members would.
    const author = { ...discord.alice, id: discord.world.snowflake() };
    discord.say(place.channel, `${MENTION} What is the capital?`, { files, author });
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rora-test-"));
    database = await openOnServer(server);
    const [row] = await database.sql.query<{ name: string }>("select current_database() as name");
    const own = new URL(server);
    own.pathname = row!.name;
    shared = { DATABASE_URL: own.href, CORE_TOKEN };
    const core = { ...shared, ROLE: "core", QUESTIONS_AT_ONCE: String(AT_ONCE) };
    cores = await Promise.all(
      ["first", "second"].map((name) => startRora({ ...core, DATA_DIR: join(folder, name) })),
    );
    proxy = await startRoundRobin(cores.map(({ url }) => url));
    discord = await openLoopbackDiscord();
    place = discord.addGuild();
    const alone = { ROLE: "discord", DISCORD_TOKEN: TOKEN, CORE_URL: proxy.url, PORT: "0" };
    const config = readConfig({ ...shared, ...alone, DATA_DIR: join(folder, "bot") });
    bot = await start(config, createLog("silent"), {
      signal: new AbortController().signal,
      discord: discord.endpoints,
    });
  }, 500_000);
  afterAll(async () => {
    await bot?.close();
    for (const { child } of cores ?? []) child.kill("SIGKILL");
    await discord?.close();
    await proxy?.close();
    await database?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it("is ready when it is in Discord and a core is, and serves nothing else", async () => {
    const ready = await fetch(`${bot.url}/ready`);
    expect(await ready.json()).toMatchObject({
      ready: true,
      dependencies: { core: { ok: true }, discord: { ok: true } },
    });
    expect((await fetch(bot.url)).status).toBe(404);
    expect((await fetch(`${bot.url}/api/entities?query=Chad`)).status).toBe(401);
  });

  it("loses no question and doubles none when a core is killed in the middle", async () => {
    for (const country of COUNTRIES) await ask(country);
    const underWay = () => database.client.interaction.count({ where: { status: "accepted" } });
    await expect.poll(underWay, patient).toBeGreaterThan(AT_ONCE);
    cores[0]!.child.kill("SIGKILL");
    expect(await cores[0]!.ended).toBe("SIGKILL");

    await expect.poll(() => answers().length, patient).toBe(COUNTRIES.length);
    expect(discord.answersIn(place.channel)).toHaveLength(COUNTRIES.length);
    const rows = await database.client.interaction.findMany();
    expect(rows.map(({ id }) => id).sort()).toEqual(answers().map(interactionIdOf).sort());
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(["completed"]));
  }, 200_000);

  it("shows why and keeps verdicts, though another process answered", async () => {
    const answer = answers().at(-1)!;
    discord.press(answer.id, "why");
    const why = () =>
      discord.answersIn(place.channel).find(({ hiddenFor }) => hiddenFor === discord.alice.id);
    await expect.poll(() => why()?.attachments.length, patient).toBe(1);
    expect(textOf(why()!)).toContain("What this answer rests on");
    discord.react("added", answer.id, "👍", discord.bob);
    const verdicts = () => database.client.feedback.findMany({ select: { verdict: true } });
    await expect.poll(verdicts, patient).toEqual([{ verdict: "helpful" }]);
  });

  it("answers in Slack just the same", async () => {
    const slack = await openGrantedSlack();
    const config = readConfig({
      ...shared,
      ROLE: "slack",
      SLACK_BOT_TOKEN: slack.team.token,
      SLACK_APP_TOKEN: APP_TOKEN,
      CORE_URL: proxy.url,
      PORT: "0",
      DATA_DIR: join(folder, "slack"),
    });
    const { signal } = new AbortController();
    const running = await start(config, createLog("silent"), { signal, slack: slack.endpoints });
    const file = await flagPhoto("td");
    const files = [{ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }];
    slack.mention(slack.channel, "What is the capital?", { files });
    await expect.poll(() => slack.answersIn(slack.channel).filter(isAnswerInSlack).length, patient).toBe(1);
    const ready = await fetch(`${running.url}/ready`);
    expect(await ready.json()).toMatchObject({ ready: true, dependencies: { slack: { ok: true } } });
    await running.close();
    await slack.close();
    expect(slack.faults).toEqual([]);
  }, 200_000);
}

const url = process.env.DATABASE_URL;
describe("a bot before two cores", () => {
  if (url !== undefined) suite(url);
  else it.skip("needs DATABASE_URL (tests/support/postgres.sh start prints one)");
});
