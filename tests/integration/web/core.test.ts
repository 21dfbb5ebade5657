/** Bots and cores in different processes: who is believed, and what the page of one gets of the other. */
import { afterEach, describe, expect, it } from "vitest";
import type { WebApp } from "../../../bots/web/app.ts";
import { createWebServer, type WebServer } from "../../../bots/web/main.ts";
import type { ForwardingWebOptions } from "../../../bots/web/options.ts";
import { interactionSchema } from "../../../bots/web/schemas.ts";
import { createRemoteCore } from "../../../src/adapters/http/remote-core.ts";
import { scriptedWeb } from "../../support/scripted-web.ts";
import { ask, form, openApp, pngFile, readEvents, refusal } from "./client.ts";

const coreToken = "what-bots-and-cores-share";
const adminToken = "the-administrators-token";
const trusted = { "rora-core-token": coreToken };
const tight = { ...scriptedWeb().options.limits, questionsPerMinute: 1, requestsPerMinute: 8 };
const coreQuestion = {
  id: "q-1",
  text: "Which money?",
  asker: { tenant: "guild", pseudonym: "p" },
  platform: "discord",
};

const postCore = (app: WebApp, question: unknown, headers: Record<string, string> = trusted, image?: File) =>
  app.request("/api/core/ask", {
    method: "POST",
    headers,
    body: form({ question: JSON.stringify(question), ...(image && { image }) }),
  });

describe("a core", () => {
  const open = () => {
    const web = scriptedWeb({ page: false, coreToken, limits: tight });
    return { ...web, app: openApp(web.options) };
  };

  it("answers nobody without its token, but says whether it is alive and ready", async () => {
    const { app, assistant } = open();
    for (const path of ["/api/me", "/api/entities?query=Chad", "/api/openapi.json", "/api/nothing"])
      expect(await refusal(await app.request(path))).toBe("401 unauthorized");
    expect(await refusal(await ask(app, { question: "Which?" }))).toBe("401 unauthorized");
    expect(await refusal(await postCore(app, coreQuestion, {}))).toBe("401 unauthorized");
    expect(assistant.questions).toEqual([]);
    for (const path of ["/health", "/ready"]) expect((await app.request(path)).status).toBe(200);
    expect((await app.request("/")).status).toBe(404);
  });

  it("refuses another token everywhere, so that a bot learns of it when it looks whether the core is ready", async () => {
    const { app } = open();
    for (const path of ["/api/me", "/ready"]) {
      const response = await app.request(path, { headers: { "rora-core-token": `${coreToken}!` } });
      expect(await refusal(response)).toBe("401 unauthorized");
    }
  });

  it("asks in the name of whom the bot says, under the id the bot gave", async () => {
    const { app, assistant } = open();
    const image = await pngFile();
    const response = await postCore(app, { ...coreQuestion, platformEventId: "e-1" }, trusted, image);
    const sent = readEvents(await response.text());
    expect(sent.at(-1)).toMatchObject({ event: "answer-end", data: { reply: { interactionId: "q-1" } } });
    expect(assistant.questions[0]).toEqual({
      ...coreQuestion,
      platformEventId: "e-1",
      image: { bytes: new Uint8Array(await image.arrayBuffer()) },
    });
  });

  it("tells refusals and faults as events, with the seconds to wait", async () => {
    const { app } = open();
    const response = await postCore(app, { ...coreQuestion, text: "busy" });
    expect(response.status).toBe(200);
    const { error } = readEvents(await response.text()).at(-1)!.data;
    expect(error).toMatchObject({ code: "busy", retryAfterSeconds: 7, interactionId: "q-1" });
    const broken = await (await postCore(app, { ...coreQuestion, text: "break" })).text();
    expect(readEvents(broken).at(-1)!.data).toMatchObject({ error: { code: "unavailable" } });
    expect(broken).not.toContain("secret detail");
  });

  const wrong: [string, unknown][] = [
    ["no asker", { ...coreQuestion, asker: undefined }],
    ["no id", { ...coreQuestion, id: "" }],
    ["a platform it does not know", { ...coreQuestion, platform: "fax" }],
    ["a field it does not know", { ...coreQuestion, admin: true }],
    ["no question at all", null],
  ];
  it.each(wrong)("refuses %s", async (_, question) => {
    expect(await refusal(await postCore(open().app, question))).toBe("400 bad-request");
  });

  it("leaves it to its bots to hold their askers back", async () => {
    const { app } = open();
    for (let count = 0; count < 12; count++) expect((await postCore(app, coreQuestion)).status).toBe(200);
  });

  it("wants to know who judges, and shows an answer to its own tenant only", async () => {
    const { app, options, feedback } = open();
    const id = "3f2b8a54-0000-4000-8000-000000000001";
    await (await postCore(app, { ...coreQuestion, id })).text();
    const judge = (headers: Record<string, string>) =>
      app.request(`/api/interactions/${id}/feedback`, {
        method: "POST",
        headers: { "content-type": "application/json", ...trusted, ...headers },
        body: JSON.stringify({ verdict: "helpful" }),
      });
    expect(await refusal(await judge({}))).toBe("400 bad-request");
    expect((await judge({ "rora-asker": "guild/p%C3%A9" })).status).toBe(204);
    expect(feedback).toMatchObject([{ interactionId: id, rater: "pé" }]);

    const tenants: string[] = [];
    options.ledger.interaction = async (_, tenant) => {
      tenants.push(tenant);
      return null;
    };
    await app.request(`/api/interactions/${id}`, { headers: { ...trusted, "rora-asker": "guild/p" } });
    expect(tenants).toEqual(["guild"]);
  });
});

describe("Rora in one process", () => {
  it("believes nobody who says in whose name they ask", async () => {
    const { options, assistant } = scriptedWeb();
    const app = openApp(options);
    await ask(app, { question: "Which?" }, { "rora-asker": "guild/victim" });
    expect(assistant.questions[0]!.asker).toMatchObject({ tenant: "web" });
    expect(assistant.questions[0]!.asker.pseudonym).not.toBe("victim");
    const response = await ask(app, { question: "Which?" }, { ...trusted, "rora-asker": "guild/victim" });
    expect(await refusal(response)).toBe("401 unauthorized");
  });
});

describe("the web chat before a core", () => {
  let server: WebServer | undefined;
  afterEach(() => server?.stop());

  /** A core over a socket, and the page's app before it. */
  async function open(limits = scriptedWeb().options.limits) {
    const core = scriptedWeb({ page: false, coreToken, adminToken });
    server = createWebServer(core.options);
    const { url } = await server.start();
    const { assistant, forward, readiness } = createRemoteCore({ url, token: coreToken });
    const { log, hostname, port, allowedHosts, trustProxy, drainSeconds } = core.options;
    const listening = { log, hostname, port, allowedHosts, trustProxy, drainSeconds };
    const options: ForwardingWebOptions = { ...listening, limits, page: true, assistant, forward, readiness };
    return { core, app: openApp(options) };
  }
  const cookieOf = (response: Response) => response.headers.get("set-cookie")!.split(";")[0]!;
  const judge = (app: WebApp, id: string, headers: Record<string, string>) =>
    app.request(`/api/interactions/${id}/feedback`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ verdict: "helpful" }),
    });

  it("shows answers, their maps, entities and their pictures, and keeps verdicts, as if it were one process", async () => {
    const { core, app } = await open();
    const response = await ask(app, { question: "Which money?", image: await pngFile() });
    const { interactionId: id, evidence } = await response.json();
    const record = await (await app.request(`/api/interactions/${id}`)).json();
    expect(interactionSchema.parse(record).interactionId).toBe(id);
    for (const path of [`/api/interactions/${id}/relevance.png`, evidence[0].entity.imageUrl]) {
      const picture = await app.request(path);
      expect(picture.headers.get("content-type")).toBe("image/png");
      expect(
        Buffer.from(await picture.arrayBuffer())
          .subarray(1, 4)
          .toString(),
      ).toBe("PNG");
    }
    const first = await app.request(evidence[0].entity.imageUrl);
    const headers = { "if-none-match": first.headers.get("etag")! };
    expect((await app.request(evidence[0].entity.imageUrl, { headers })).status).toBe(304);
    expect(await (await app.request("/api/entities?query=Cha")).json()).toMatchObject({
      entities: [{ title: "Chad" }],
    });
    expect((await judge(app, id, { cookie: cookieOf(response) })).status).toBe(204);
    expect(cookieOf(await judge(app, id, {}))).toMatch(/^rora_asker=/);
    expect(core.feedback[0]!.rater).toBe(core.assistant.questions[0]!.asker.pseudonym);
  });

  it("keeps its askers apart, and their cookies to itself", async () => {
    const { core, app } = await open();
    const one = await ask(app, { question: "One?" });
    const two = await ask(app, { question: "Two?" });
    await Promise.all([one.text(), two.text()]);
    const [first, second] = core.assistant.questions.map(({ asker }) => asker.pseudonym);
    expect(first).not.toBe(second);
    const erased = await app.request("/api/me", { method: "DELETE", headers: { cookie: cookieOf(one) } });
    expect(await erased.json()).toEqual({ erased: 1 });
    expect(erased.headers.get("set-cookie")).toContain("Max-Age=0");
    const kept = await app.request("/api/me", { headers: { cookie: cookieOf(two) } });
    expect(await kept.json()).toMatchObject({ interactions: [{ question: "Two?" }] });
    expect(await (await app.request("/api/me")).json()).toEqual({ interactions: [] });
  });

  it("lets nobody choose who they are, nor speak to the core as a bot", async () => {
    const { core, app } = await open();
    await (await ask(app, { question: "Which?" }, { "rora-asker": "web/victim" })).text();
    expect(core.assistant.questions[0]!.asker.pseudonym).not.toBe("victim");
    const me = await app.request("/api/me", { headers: { "rora-asker": "web/victim" } });
    expect(await me.json()).toEqual({ interactions: [] });
    for (const headers of [{}, trusted])
      expect(await refusal(await postCore(app, coreQuestion, headers))).toBe("401 unauthorized");
  });

  it("holds its askers back itself", async () => {
    const { app } = await open(tight);
    const statuses: number[] = [];
    for (let count = 0; count < 6; count++) statuses.push((await ask(app, { question: "Which?" })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it("passes on what the core refuses, with its words", async () => {
    const { app } = await open();
    const busy = await ask(app, { question: "busy" });
    expect(busy.headers.get("retry-after")).toBe("7");
    expect(await refusal(busy)).toBe("503 busy");
    const unknown = "3f2b8a54-0000-4000-8000-000000000000";
    expect(await refusal(await app.request(`/api/interactions/${unknown}`))).toBe("404 not-found");
  });

  it("lets teach who holds the core's administrator's token", async () => {
    const { app } = await open();
    const teach = (headers: Record<string, string>) =>
      app.request("/api/entities", {
        method: "POST",
        headers,
        body: form({ title: "Atlantis", passage: "It sank." }),
      });
    expect(await refusal(await teach({}))).toBe("401 unauthorized");
    expect(await refusal(await teach({ authorization: "Bearer wrong" }))).toBe("401 unauthorized");
    const taught = await teach({ authorization: `Bearer ${adminToken}` });
    expect([taught.status, (await taught.json()).title]).toEqual([201, "Atlantis"]);
  });
});
