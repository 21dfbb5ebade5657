import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { WebApp } from "../../../bots/web/app.ts";
import { interactionSchema } from "../../../bots/web/schemas.ts";
import { scriptedWeb } from "../../support/scripted-web.ts";
import { ask, openApp, pngFile, refusal } from "./client.ts";

const unknownId = "3f2b8a54-0000-4000-8000-000000000000";

async function askOnce(app: WebApp): Promise<{ id: string; cookie: string }> {
  const response = await ask(app, { image: await pngFile(), question: "Which money?" });
  const { interactionId } = (await response.json()) as { interactionId: string };
  return { id: interactionId, cookie: response.headers.get("set-cookie")!.split(";")[0]! };
}

function judge(app: WebApp, id: string, body: unknown, headers: Record<string, string> = {}) {
  return app.request(`/api/interactions/${id}/feedback`, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });
}

describe("GET /api/interactions/:id", () => {
  it("gives the question and its reply", async () => {
    const app = openApp(scriptedWeb().options);
    const { id } = await askOnce(app);
    const record = await (await app.request(`/api/interactions/${id}`)).json();
    expect(interactionSchema.parse(record)).toMatchObject({ interactionId: id, question: "Which money?" });
  });

  it("gives the relevance map as a PNG", async () => {
    const app = openApp(scriptedWeb().options);
    const { id } = await askOnce(app);
    const response = await app.request(`/api/interactions/${id}/relevance.png`);
    expect(response.headers.get("content-type")).toBe("image/png");
    const metadata = await sharp(await response.arrayBuffer()).metadata();
    expect(metadata).toMatchObject({ format: "png", width: 8 });
  });

  it("has no map where there was no picture", async () => {
    const app = openApp(scriptedWeb().options);
    const reply = (await (await ask(app, { question: "Which?" })).json()) as { interactionId: string };
    const response = await app.request(`/api/interactions/${reply.interactionId}/relevance.png`);
    expect(await refusal(response)).toBe("404 not-found");
  });

  it.each([unknownId, "not-a-uuid", "%27%3B--"])("does not know %s", async (id) => {
    const app = openApp(scriptedWeb().options);
    for (const path of ["", "/relevance.png"]) {
      expect(await refusal(await app.request(`/api/interactions/${id}${path}`))).toBe("404 not-found");
    }
    expect(await refusal(await judge(app, id, { verdict: "helpful" }))).toBe("404 not-found");
  });
});

describe("POST /api/interactions/:id/feedback", () => {
  it("stores what was said, by whom", async () => {
    const { options, feedback, assistant } = scriptedWeb();
    const app = openApp(options);
    const { id, cookie } = await askOnce(app);
    const response = await judge(
      app,
      id,
      {
        verdict: "unhelpful",
        reason: "wrong-entity",
        correctEntityId: "country:ro",
        comment: " it is\u0000 Romania ",
        evidence: [{ label: 1, relevant: false }],
      },
      { cookie },
    );
    expect(response.status).toBe(204);
    expect(feedback).toEqual([
      {
        interactionId: id,
        rater: assistant.questions[0]!.asker.pseudonym,
        feedback: {
          verdict: "unhelpful",
          reason: "wrong-entity",
          correctEntityId: "country:ro",
          comment: "it is Romania",
          evidence: [{ label: 1, relevant: false }],
        },
      },
    ]);
  });

  it.each([
    ["malformed JSON", '{"verdict":'],
    ["no verdict", {}],
    ["an unknown verdict", { verdict: "meh" }],
    ["an unknown reason", { verdict: "unhelpful", reason: "ugly" }],
    ["an unknown entity", { verdict: "unhelpful", correctEntityId: "country:xx" }],
    ["a field that is not there", { verdict: "helpful", admin: true }],
    ["an endless comment", { verdict: "helpful", comment: "a".repeat(2001) }],
    ["a body of 1 MB", { verdict: "helpful", comment: "a".repeat(1024 * 1024) }],
  ])("refuses %s", async (_, body) => {
    const { options, feedback } = scriptedWeb();
    const app = openApp(options);
    const { id } = await askOnce(app);
    expect(await refusal(await judge(app, id, body))).toBe("400 bad-request");
    expect(feedback).toEqual([]);
  });

  it("refuses any other content type", async () => {
    const app = openApp(scriptedWeb().options);
    const { id } = await askOnce(app);
    const response = await judge(app, id, { verdict: "helpful" }, { "content-type": "text/plain" });
    expect(await refusal(response)).toBe("400 bad-request");
  });
});

describe("/api/me", () => {
  it("shows what is kept of the asker, and erases that only", async () => {
    const app = openApp(scriptedWeb().options);
    const mine = await askOnce(app);
    const theirs = await askOnce(app);
    const headers = { cookie: mine.cookie };
    const kept = await (await app.request("/api/me", { headers })).json();
    expect(kept).toEqual({ images: [], interactions: [{ id: mine.id, question: "Which money?" }] });

    const erased = await app.request("/api/me", { method: "DELETE", headers });
    expect(await erased.json()).toEqual({ erased: 1 });
    expect(erased.headers.get("set-cookie")).toContain("Max-Age=0");
    expect((await app.request(`/api/interactions/${mine.id}`)).status).toBe(404);
    expect((await app.request(`/api/interactions/${theirs.id}`)).status).toBe(200);
  });

  it("has nothing of someone who never asked", async () => {
    const app = openApp(scriptedWeb().options);
    expect(await (await app.request("/api/me")).json()).toEqual({ interactions: [] });
    expect(await (await app.request("/api/me", { method: "DELETE" })).json()).toEqual({ erased: 0 });
  });
});
