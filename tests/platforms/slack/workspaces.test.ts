import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EVENTS_PATH } from "../../../bots/slack/connection/paths.ts";
import { createInstallationStore } from "../../../bots/slack/installing/store.ts";
import type { SlackBot } from "../../../bots/slack/main.ts";
import { BOT_SCOPES } from "../../../bots/slack/manifest/scopes.ts";
import { openScriptedHost, type ScriptedHost } from "../../support/discord/scripted.ts";
import type { LoopbackSlack } from "../../support/slack/loopback.ts";
import { textOf } from "../../support/slack/message-parts.ts";
import { isAnswer, openGrantedSlack, patient, picture } from "../../support/slack/scene.ts";
import { installationsIn, scriptedSlackBot } from "../../support/slack/scripted.ts";
import { SIGNING_SECRET, type StoredTeam } from "../../support/slack/world.ts";

let host: ScriptedHost;
let slack: LoopbackSlack;
let bot: SlackBot;
let server: Server;
/** Two workspaces, each with a channel. */
let acme: { team: StoredTeam; channel: string };
let globex: { team: StoredTeam; channel: string };

beforeAll(async () => {
  host = await openScriptedHost();
});
afterAll(() => host.close());
beforeEach(async () => {
  slack = await openGrantedSlack();
  slack.rates.speed = 1_000;
  acme = slack;
  globex = slack.addTeam({ name: "globex" });
  for (const { team } of [acme, globex]) await install(team);
  bot = scriptedSlackBot(host, slack, {
    app: {
      transport: { kind: "http", signingSecret: SIGNING_SECRET },
      workspaces: { kind: "many", clientId: "1.2", clientSecret: "secret", stateSecret: "secret" },
    },
  });
  server = createServer((request, response) => void bot.handle(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}${EVENTS_PATH}`);
  await bot.start();
});
afterEach(async () => {
  await bot.stop();
  server.closeAllConnections();
  server.close();
  await slack.close();
});

async function install({ id, name, token, botUser, botId }: StoredTeam): Promise<void> {
  await createInstallationStore(installationsIn(host)).storeInstallation({
    team: { id, name },
    enterprise: undefined,
    isEnterpriseInstall: false,
    user: { token: undefined, scopes: undefined, id: "U1" },
    bot: { token, scopes: [...BOT_SCOPES], userId: botUser, id: botId },
  });
}
const answersOf = ({ channel }: { channel: string }) => slack.answersIn(channel).filter(isAnswer);
const kept = ({ team }: { team: StoredTeam }) =>
  host.database.client.interaction.count({ where: { tenant: `slack:${team.id}` } });

describe("Slack: workspaces over HTTP", () => {
  it("are each answered by their own token, and neither goes on with the other's conversations", async () => {
    for (const place of [acme, globex])
      slack.mention(place.channel, `Which money, ${place.team.name}?`, { files: [await picture()] });
    for (const place of [acme, globex]) await expect.poll(() => answersOf(place).length, patient).toBe(1);
    const tenants = host.assistant.questions.slice(-2).map(({ asker }) => asker.tenant);
    expect(tenants.sort()).toEqual([acme, globex].map(({ team }) => `slack:${team.id}`).sort());
    expect(host.assistant.questions.at(-1)!.conversation).not.toBe(
      host.assistant.questions.at(-2)!.conversation,
    );
    expect(await Promise.all([kept(acme), kept(globex)])).toEqual([1, 1]);
    expect(slack.faults).toEqual([]);
  });

  it("have their button presses taken, and their reactions", async () => {
    slack.mention(globex.channel, "Which money?", { files: [await picture()] });
    await expect.poll(() => answersOf(globex).length, patient).toBe(1);
    const [answer] = answersOf(globex);
    slack.react("added", answer!, "+1");
    const where = { interaction: { tenant: `slack:${globex.team.id}` }, supersededAt: null };
    await expect.poll(() => host.database.client.feedback.count({ where }), patient).toBe(1);
    await slack.press(answer!, "feedback", "negative");
    const verdicts = () => host.database.client.feedback.findMany({ where });
    await expect.poll(verdicts, patient).toMatchObject([{ verdict: "unhelpful" }]);
    expect(slack.faults).toEqual([]);
  });

  it("that remove the app in the middle of a question are erased, and the other stays", async () => {
    slack.mention(globex.channel, "Which money?", { files: [await picture()] });
    slack.mention(acme.channel, "Which money?", { files: [await picture()] });
    for (const place of [acme, globex]) await expect.poll(() => answersOf(place).length, patient).toBe(1);
    slack.mention(acme.channel, "slow", { files: [await picture()] });
    await expect.poll(() => host.assistant.questions.at(-1)?.text, patient).toBe("slow");
    const said = slack.textsIn(acme.channel);
    slack.uninstall(acme.team.id);
    await expect.poll(() => kept(acme), patient).toBe(0);
    await expect.poll(() => installationsIn(host).secret(acme.team.id), patient).toBe(null);
    slack.mention(globex.channel, "And the capital?", { files: [await picture()] });
    await expect.poll(() => answersOf(globex).length, patient).toBe(2);
    expect(await Promise.all([kept(acme), kept(globex)])).toEqual([0, 2]);
    // With a token that is worth nothing, nothing more can be said.
    expect(slack.textsIn(acme.channel)).toEqual(said);
    expect(textOf(answersOf(globex)[1]!)).toContain("Central African CFA franc");
  });
});
