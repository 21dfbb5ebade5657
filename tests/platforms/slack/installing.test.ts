import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { BOT_SCOPES } from "../../../bots/slack/manifest/scopes.ts";
import { createInstallationBook } from "../../../src/adapters/prisma/installation-book.ts";
import { createSealer } from "../../../src/sealing.ts";
import { openEmbedded, type TestDatabase } from "../../support/databases.ts";
import { Visitor } from "../../support/emulated-slack/browser.ts";
import { eventBody, mention, serveApp } from "../../support/emulated-slack/served-app.ts";
import { sendSigned } from "../../support/emulated-slack/signed-request.ts";
import { CLIENT, type EmulatedSlack, openEmulatedSlack } from "../../support/emulated-slack/workspaces.ts";

const SECRET = "what-slack-signs-with";
const STATE_SECRET = "what-we-sign-states-with";
const newKey = () => randomBytes(32).toString("hex");

let database: TestDatabase;
let slack: EmulatedSlack;
let erased: string[];
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  database = await openEmbedded();
  slack = await openEmulatedSlack(["Acme", "Globex"]);
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await database.client.installation.deleteMany();
});
afterAll(async () => {
  await slack.close();
  await database.remove();
});

const bookOf = (key: string, old: string[] = []) =>
  createInstallationBook(database.client, "slack", createSealer(key, old, "SLACK_ENCRYPTION_KEY"));

async function open({ key = newKey(), old = [] as string[] } = {}) {
  erased = [];
  const served = await serveApp({
    transport: { kind: "http", signingSecret: SECRET },
    workspaces: { kind: "many", ...CLIENT, stateSecret: STATE_SECRET },
    installations: bookOf(key, old),
    eraseTenant: async (tenant) => erased.push(tenant),
    endpoints: slack.endpoints,
  });
  opened.push(served);
  return served;
}

const [acme, globex] = [0, 1].map((number) => () => slack.workspaces[number]!) as [
  () => EmulatedSlack["workspaces"][number],
  () => EmulatedSlack["workspaces"][number],
];
const send = (url: string, body: object) => sendSigned(url, body, { secret: SECRET });

describe("installing by OAuth", () => {
  it("asks Slack for every scope of the manifest and for nothing else, with a state of its own each time", async () => {
    const { url } = await open();
    const pages = [await new Visitor(url, slack).begin(), await new Visitor(url, slack).begin()];
    expect(pages[0]!.searchParams.get("scope")!.split(",")).toEqual(BOT_SCOPES);
    expect(pages[0]!.searchParams.get("client_id")).toBe(CLIENT.clientId);
    expect(pages[0]!.searchParams.get("user_scope") ?? "").toBe("");
    expect(new Set(pages.map((page) => page.searchParams.get("state"))).size).toBe(2);
  });

  it("lets a workspace in and answers it with the token of that installation", async () => {
    const { url, heard } = await open();
    const visit = await new Visitor(url, slack).install(acme());
    expect(visit).toMatchObject({ status: 200, text: expect.stringContaining("installed in Acme") });
    expect((await send(url, mention(acme().id, "hello"))).status).toBe(200);
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]).toMatchObject({ text: "hello", teamId: acme().id });
    expect(await heard[0]!.client.auth.test()).toMatchObject({ ok: true, team: "Acme", team_id: acme().id });
    expect(heard[0]!.client.token).toBe(slack.tokensOf(acme()).at(-1));
  });

  it("keeps no token that could be read in the database", async () => {
    const { url } = await open();
    await new Visitor(url, slack).install(acme());
    const rows = await database.sql.query<{ row: string }>(
      `select "Installation"::text as row from "Installation"`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.row).toContain(acme().id);
    expect(rows[0]!.row).not.toContain("xoxb");
  });

  it("keeps two workspaces apart: each is answered by its own token", async () => {
    const { url, heard } = await open();
    await new Visitor(url, slack).install(acme());
    await new Visitor(url, slack).install(globex());
    await Promise.all([
      send(url, mention(globex().id, "from globex")),
      send(url, mention(acme().id, "from acme")),
    ]);
    await expect.poll(() => heard.length).toBe(2);
    for (const { text, teamId, client } of heard) {
      const workspace = text === "from acme" ? acme() : globex();
      expect(teamId).toBe(workspace.id);
      expect(await client.auth.test()).toMatchObject({ team: workspace.name });
    }
  });

  it("leaves a workspace alone that has not installed it, and tells Slack not to try again", async () => {
    const { url, heard } = await open();
    await new Visitor(url, slack).install(acme());
    expect((await send(url, mention(globex().id, "not installed"))).status).toBe(200);
    expect((await send(url, mention(acme().id, "installed"))).status).toBe(200);
    await expect.poll(() => heard.length).toBe(1);
    expect(heard.map(({ text }) => text)).toEqual(["installed"]);
  });

  it("takes the latest token when a workspace installs it again", async () => {
    const { url, heard } = await open();
    await new Visitor(url, slack).install(acme());
    await new Visitor(url, slack).install(acme());
    const [first, second] = slack.tokensOf(acme()).slice(-2);
    expect(second).not.toBe(first);
    await send(url, mention(acme().id, "hello"));
    await expect.poll(() => heard[0]?.client.token).toBe(second);
  });
});

describe("installing is refused", () => {
  it.each([
    [
      "in another browser",
      async (mine: Visitor, other: Visitor) => {
        await other.begin();
        return other.comeBack(await mine.allow(await mine.begin(), acme()));
      },
    ],
    [
      "without the state",
      async (mine: Visitor) => {
        const back = await mine.allow(await mine.begin(), acme());
        back.searchParams.delete("state");
        return mine.comeBack(back);
      },
    ],
    [
      "with a state that somebody else signed",
      async (mine: Visitor) => {
        const back = await mine.allow(await mine.begin(), acme());
        back.searchParams.set("state", "e30.e30.e30");
        return mine.comeBack(back);
      },
    ],
    [
      "without a code",
      async (mine: Visitor) => {
        const back = await mine.allow(await mine.begin(), acme());
        back.searchParams.delete("code");
        return mine.comeBack(back);
      },
    ],
    [
      "when the person does not allow it",
      async (mine: Visitor) => {
        const back = await mine.allow(await mine.begin(), acme());
        back.searchParams.set("error", "access_denied");
        return mine.comeBack(back);
      },
    ],
  ])("%s, with a page that says so", async (_, go) => {
    const { url } = await open();
    const { status, text } = await go(new Visitor(url, slack), new Visitor(url, slack));
    expect(status).toBe(400);
    expect(text).toMatch(/begin again|nothing was installed/);
    expect(await database.client.installation.count()).toBe(0);
  });

  it("with a code that was used already, without telling what Slack said", async () => {
    const { url } = await open();
    const visitor = new Visitor(url, slack);
    const back = await visitor.allow(await visitor.begin(), acme());
    expect((await visitor.comeBack(back)).status).toBe(200);
    const again = await visitor.comeBack(back);
    expect(again.status).toBe(500);
    expect(again.text).not.toMatch(/invalid_code|Error|at /);
  });
});

describe("installing by OAuth where events come by Socket Mode", () => {
  it("takes no event by HTTP, signed or not", async () => {
    const served = await serveApp({
      transport: { kind: "socket", appToken: "xapp-1-of-rora" },
      workspaces: { kind: "many", ...CLIENT, stateSecret: STATE_SECRET },
      installations: bookOf(newKey()),
      endpoints: slack.endpoints,
    });
    opened.push(served);
    expect((await new Visitor(served.url, slack).install(acme())).status).toBe(200);
    for (const secret of [SECRET, ""]) {
      const response = await sendSigned(served.url, mention(acme().id, "by HTTP"), { secret });
      expect(response.status).toBe(404);
    }
    expect(served.heard).toEqual([]);
  });
});

describe("a workspace that removes the app", () => {
  const uninstalled = (id: string) => eventBody(id, { type: "app_uninstalled" });

  it("is erased and no longer answered; the other one stays", async () => {
    const { url, heard } = await open();
    for (const workspace of [acme(), globex()]) await new Visitor(url, slack).install(workspace);
    await send(url, uninstalled(acme().id));
    await expect.poll(() => database.client.installation.count()).toBe(1);
    expect(erased).toEqual([`slack:${acme().id}`, `slack:${acme().id}`]);
    await send(url, mention(acme().id, "gone"));
    await send(url, mention(globex().id, "still here"));
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]!.text).toBe("still here");
  });

  it("is erased when the bot's token is revoked, not when a person's is", async () => {
    const { url } = await open();
    await new Visitor(url, slack).install(acme());
    await send(url, eventBody(acme().id, { type: "tokens_revoked", tokens: { oauth: ["U1"], bot: [] } }));
    await send(url, eventBody(acme().id, { type: "tokens_revoked", tokens: { oauth: [], bot: ["UBOT"] } }));
    await expect.poll(() => database.client.installation.count()).toBe(0);
    expect(erased).toEqual([`slack:${acme().id}`, `slack:${acme().id}`]);
  });

  it("is erased again after what was being done for it is broken off", async () => {
    const steps: string[] = [];
    const served = await serveApp({
      transport: { kind: "http", signingSecret: SECRET },
      workspaces: { kind: "many", ...CLIENT, stateSecret: STATE_SECRET },
      installations: bookOf(newKey()),
      eraseTenant: async () => steps.push("erase"),
      breakOff: async () => void steps.push("break off"),
      endpoints: slack.endpoints,
    });
    opened.push(served);
    await send(served.url, uninstalled(acme().id));
    await expect.poll(() => steps).toEqual(["erase", "break off", "erase"]);
  });

  it("is erased by the next start when the process was killed in the middle", async () => {
    const key = newKey();
    await bookOf(key).put({ id: "T9", tenants: ["slack:T9"] }, "{}");
    await bookOf(key).leave({ id: "T9", tenants: [] });
    await open({ key });
    expect(erased).toContain("slack:T9");
    expect(await database.client.installation.count()).toBe(0);
  });
});

describe("an organisation that installed it everywhere", () => {
  const enterprise = { id: "E1", name: "Umbrella" };
  const inOrganisation = (teamId: string) => ({
    enterprise_id: enterprise.id,
    authorizations: [
      {
        enterprise_id: enterprise.id,
        team_id: teamId,
        user_id: "UBOT",
        is_bot: true,
        is_enterprise_install: true,
      },
    ],
  });

  async function installEverywhere(key: string) {
    const installation = {
      team: undefined,
      enterprise,
      isEnterpriseInstall: true,
      user: { id: "U1", token: undefined, scopes: undefined },
      bot: { token: "xoxb-everywhere", id: "B1", userId: "UBOT", scopes: [] },
      authVersion: "v2",
    };
    await bookOf(key).put({ id: enterprise.id, tenants: [] }, JSON.stringify(installation));
  }

  it("is answered in each of its workspaces, which are tenants of their own", async () => {
    const key = newKey();
    await installEverywhere(key);
    const { url, heard } = await open({ key });
    for (const id of ["T7", "T8"]) await send(url, mention(id, id, inOrganisation(id)));
    await expect.poll(() => heard.map(({ teamId }) => teamId).sort()).toEqual(["T7", "T8"]);
    expect(new Set(heard.map(({ client }) => client.token))).toEqual(new Set(["xoxb-everywhere"]));
  });

  it("takes it away from all of them at once, or from one", async () => {
    const key = newKey();
    await installEverywhere(key);
    const { url, heard } = await open({ key });
    for (const id of ["T7", "T8"]) await send(url, mention(id, id, inOrganisation(id)));
    await expect.poll(() => heard.length).toBe(2);
    const revoked = { type: "team_access_revoked", team_ids: ["T7"] };
    await send(url, eventBody("T7", revoked, inOrganisation("T7")));
    await expect.poll(() => erased).toEqual(["slack:T7", "slack:T7"]);
    await send(url, eventBody("T8", { type: "app_uninstalled" }, inOrganisation("T8")));
    await expect.poll(() => database.client.installation.count()).toBe(0);
    expect(new Set(erased)).toEqual(new Set(["slack:T7", "slack:T8"]));
  });

  it("is nobody's who only has the same organisation", async () => {
    const key = newKey();
    const { url, heard } = await open({ key });
    await new Visitor(url, slack).install(acme());
    await send(url, mention("T7", "stranger", inOrganisation("T7")));
    await send(url, mention(acme().id, "known"));
    await expect.poll(() => heard.map(({ text }) => text)).toEqual(["known"]);
  });
});

describe("a changed key", () => {
  it("goes on with the earlier one beside it, and after that start without it", async () => {
    const [first, second] = [newKey(), newKey()];
    const before = await open({ key: first });
    await new Visitor(before.url, slack).install(acme());
    const token = slack.tokensOf(acme()).at(-1);
    await before.close();
    await (await open({ key: second, old: [first] })).close();
    opened.length = 0;
    const { url, heard } = await open({ key: second });
    await send(url, mention(acme().id, "hello"));
    await expect.poll(() => heard[0]?.client.token).toBe(token);
  });

  it("without the earlier one beside it stops the start and says what is missing", async () => {
    const before = await open();
    await new Visitor(before.url, slack).install(acme());
    await expect(open()).rejects.toThrow("put the earlier key into SLACK_ENCRYPTION_KEYS_OLD");
  });
});
