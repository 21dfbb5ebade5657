import { afterEach, describe, expect, it } from "vitest";
import { createRemoteAssistant } from "../../../src/adapters/http/assistant.ts";
import { createConnection } from "../../../src/adapters/http/connection.ts";
import { createRemoteCore } from "../../../src/adapters/http/remote-core.ts";
import type { AssistantEvent } from "../../../src/domain/events.ts";
import type { Question } from "../../../src/domain/question.ts";
import {
  cut,
  events,
  type FaultyCore,
  refusal,
  type Step,
  silent,
  startFaultyCore,
  status,
} from "../../support/faulty-core.ts";

const TOKEN = "what-bots-and-cores-share";
/** Attempts follow each other quickly; nothing is given up for being late. */
const patience = { longest: 600_000, initialDelay: 5, maxDelay: 20 };
const never = new AbortController().signal;
const question: Question = {
  id: "q-1",
  text: "Which money?",
  asker: { tenant: "t", pseudonym: "p" },
  platform: "discord",
  platformEventId: "event-1",
  image: { bytes: new Uint8Array([1, 2, 3]) },
};
const start = ["answer-start", { kind: "answer-start" }] as const;
const word = (text: string) => ["answer-delta", { kind: "answer-delta", text }] as const;
const end = ["answer-end", { kind: "answer-end", reply: { text: "Euro" } }] as const;
const answered = events([start, word("Eu"), word("ro"), end]);
const busy = { code: "busy", message: "Many people are asking.", retryAfterSeconds: 7 };
const stopping = { code: "unavailable", message: "Rora is stopping.", retryAfterSeconds: 10 };

let core: FaultyCore;
afterEach(() => core.close());

async function ask(steps: readonly Step[], longestSilence?: number): Promise<AssistantEvent[]> {
  core = await startFaultyCore(...steps);
  const connection = createConnection({ url: core.url, token: TOKEN }, longestSilence);
  const told: AssistantEvent[] = [];
  for await (const event of createRemoteAssistant(connection, patience).ask(question, { signal: never }))
    told.push(event);
  return told;
}
const whole = [
  { kind: "answer-start" },
  { kind: "answer-delta", text: "Eu" },
  { kind: "answer-delta", text: "ro" },
  { kind: "answer-end", reply: { text: "Euro" } },
];

describe("a question over HTTP", () => {
  it("carries the token, all of the question and the picture", async () => {
    expect(await ask([answered])).toEqual(whole);
    const [{ line, headers, body }] = core.requests as [FaultyCore["requests"][number]];
    expect(line).toBe("POST /api/core/ask");
    expect(headers["rora-core-token"]).toBe(TOKEN);
    const { image: _, ...rest } = question;
    expect(body).toContain(JSON.stringify(rest));
    expect(body).toContain("\u0001\u0002\u0003");
  });

  const passing: [string, readonly Step[]][] = [
    ["is cut before anything came", [cut, cut]],
    ["breaks off in the middle", [events([start, word("E")], "cut")]],
    ["ends without an answer", [events([start])]],
    [
      "is behind a proxy that finds nobody",
      [status(502, "<html>Bad Gateway"), status(503, ""), status(504, "")],
    ],
    ["is stopping", [refusal(503, stopping), events([start, ["error", { error: stopping }]])]],
  ];
  it.each(passing)("is asked again when the core %s, and is told once", async (_, steps) => {
    const told = await ask([...steps, answered]);
    expect(core.requests).toHaveLength(steps.length + 1);
    expect(new Set(core.requests.map(({ body }) => /"id":"([^"]+)"/.exec(body)![1]))).toEqual(
      new Set(["q-1"]),
    );
    expect(told.at(-1)).toEqual(whole.at(-1));
    expect(told.filter(({ kind }) => kind === "answer-start")).toHaveLength(1);
    expect(told.map((event) => (event.kind === "answer-delta" ? event.text : "")).join("")).toBe("Euro");
  });

  it("is asked again when the core falls silent", async () => {
    expect((await ask([silent, events([start], "silence"), answered], 300)).at(-1)).toEqual(whole.at(-1));
    expect(core.requests.length).toBeGreaterThan(2);
  });

  const final: [string, Step, object][] = [
    ["a refusal", refusal(503, busy), { code: "busy", message: busy.message, retryAfterSeconds: 7 }],
    ["a fault on the way", events([start, ["error", { error: busy }]]), { code: "busy" }],
    [
      "a wrong token",
      refusal(401, { code: "unauthorized", message: "Set the same CORE_TOKEN." }),
      { code: "unauthorized" },
    ],
    [
      "a code of another version",
      refusal(400, { code: "new", message: "New." }),
      { code: "unavailable", message: "New." },
    ],
    [
      "a page in place of a core",
      status(200, "<html>"),
      { code: "unavailable", message: expect.stringContaining("CORE_URL") },
    ],
    [
      "events that cannot be read",
      events([["answer-start", 7]]),
      { code: "unavailable", message: expect.stringContaining("version") },
    ],
  ];
  it.each(final)("is not asked again after %s", async (_, step, fault) => {
    await expect(ask([step, answered])).rejects.toMatchObject({ name: "RoraError", ...fault });
    expect(core.requests).toHaveLength(1);
  });

  it("is given up in plain words when no core is there for long", async () => {
    core = await startFaultyCore(cut);
    const connection = createConnection({ url: core.url, token: TOKEN });
    const { ask } = createRemoteAssistant(connection, { ...patience, longest: 100 });
    const asking = ask(question, { signal: never })[Symbol.asyncIterator]();
    await expect(asking.next()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("cannot be reached"),
    });
    expect(core.requests.length).toBeGreaterThan(1);
  });

  it("is given up after some attempts when every core says that it cannot", async () => {
    await expect(ask([refusal(503, stopping)])).rejects.toMatchObject(stopping);
    expect(core.requests).toHaveLength(4);
  });

  it("does not follow the core to another address, where the token would go, too", async () => {
    const elsewhere = await startFaultyCore(answered);
    await expect(ask([status(307, "", "text/html", { location: elsewhere.url })])).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("CORE_URL"),
    });
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });

  it("ends at the core when the asker goes, in the answer or between two attempts", async () => {
    core = await startFaultyCore(events([start], "silence"));
    const { assistant } = createRemoteCore({ url: core.url, token: TOKEN });
    for await (const _ of assistant.ask(question, { signal: never })) break;
    await expect.poll(() => core.abandoned()).toBe(1);

    await core.close();
    const going = new AbortController();
    const reason = new Error("gone");
    const asking = assistant.ask(question, { signal: going.signal })[Symbol.asyncIterator]().next();
    setTimeout(() => going.abort(reason), 50);
    await expect(asking).rejects.toBe(reason);
  });
});

describe("what else is asked of a core", () => {
  const open = async (...steps: Step[]) => {
    core = await startFaultyCore(...steps);
    return createRemoteCore({ url: `${core.url}/below/`, token: TOKEN }, patience);
  };
  const request = { method: "POST", path: "/api/me", headers: { accept: "x/y" }, signal: never };

  it("goes to its address in the asker's name, again when it is cut, and comes back as it is", async () => {
    const { forward } = await open(cut, status(404, "none", "text/plain"));
    const asker = { tenant: "a/b", pseudonym: "é" };
    const response = await forward({ ...request, asker, body: new Uint8Array([104, 105]) });
    expect([response.status, await response.text()]).toEqual([404, "none"]);
    expect(core.requests).toHaveLength(2);
    expect(core.requests[1]).toMatchObject({
      line: "POST /below/api/me",
      body: "hi",
      headers: { accept: "x/y", "rora-asker": "a%2Fb/%C3%A9", "rora-core-token": TOKEN },
    });
  });

  it("is refused in plain words when no core answers", async () => {
    const { forward, readiness } = await open(cut);
    const unreachable = {
      name: "RoraError",
      code: "unavailable",
      message: expect.stringContaining("CORE_URL"),
    };
    await expect(forward({ ...request, asker: null })).rejects.toMatchObject(unreachable);
    await expect(readiness()).rejects.toMatchObject(unreachable);
  });

  it("names a core that is not ready, a token that is wrong, and something that is no core", async () => {
    const dependencies = {
      database: { ok: false, detail: "down" },
      server: { ok: true, detail: "listening" },
    };
    const ready = status(503, JSON.stringify({ ready: false, dependencies }), "application/json");
    const { readiness } = await open(
      ready,
      refusal(401, { code: "unauthorized", message: "No." }),
      status(200, "<p>"),
    );
    expect(await readiness()).toEqual({ core: dependencies.server, database: dependencies.database });
    await expect(readiness()).rejects.toMatchObject({ code: "unauthorized" });
    await expect(readiness()).rejects.toMatchObject({ message: expect.stringContaining("no Rora core") });
  });
});
