import { describe, expect, it } from "vitest";
import { readinessSchema } from "../../../bots/web/schemas.ts";
import { scriptedWeb } from "../../support/scripted-web.ts";
import { ask, openApp, refusal } from "./client.ts";

describe("for whoever runs it", () => {
  it("is alive", async () => {
    expect((await openApp(scriptedWeb().options).request("/health")).status).toBe(200);
  });

  it("names each dependency, and is not ready when one is down", async () => {
    const up = await openApp(scriptedWeb().options).request("/ready");
    expect(up.status).toBe(200);
    expect(readinessSchema.parse(await up.json()).dependencies.database!.ok).toBe(true);

    const readiness = async () => ({
      database: { ok: true, detail: "embedded" },
      index: { ok: false, detail: "not built" },
    });
    const down = await openApp(scriptedWeb({ readiness }).options).request("/ready");
    expect(down.status).toBe(503);
    expect(await down.json()).toMatchObject({
      ready: false,
      dependencies: { index: { detail: "not built" } },
    });
  });

  it("is ready without what it does not need to answer, and says that it is missing", async () => {
    const readiness = async () => ({ discord: { ok: false, detail: "away", needed: false } });
    const response = await openApp(scriptedWeb({ readiness }).options).request("/ready");
    expect(response.status).toBe(200);
    expect(readinessSchema.parse(await response.json())).toMatchObject({
      ready: true,
      dependencies: { discord: { ok: false, detail: "away" } },
    });
  });

  it("counts requests by route, questions by outcome and time by stage", async () => {
    const app = openApp(scriptedWeb().options);
    await ask(app, { question: "Which?" });
    await ask(app, { question: "abstain" });
    await ask(app, { question: "break" });
    await app.request("/api/interactions/3f2b8a54-0000-4000-8000-000000000000");
    const text = await (await app.request("/metrics")).text();
    for (const outcome of ["answer", "abstention", "failure"]) {
      expect(text).toContain(`rora_questions_total{outcome="${outcome}"} 1`);
    }
    expect(text).toContain('rora_stage_seconds_sum{stage="encode"} 0.12');
    expect(text).toContain('route="/api/interactions/:id",status="404"} 1');
    expect(text).not.toContain("3f2b8a54");
  });

  it("describes every API route it serves, and serves every path it describes", async () => {
    const app = openApp(scriptedWeb().options);
    const document = (await (await app.request("/api/openapi.json")).json()) as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
      components: { schemas: Record<string, unknown> };
    };
    expect(document.openapi).toBe("3.1.0");
    const methods = new Set(["get", "post", "delete"]);
    const described = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((method) => methods.has(method))
        .map((method) => `${method} ${path}`),
    );
    const served = app.routes
      .filter(({ method, path }) => method !== "ALL" && !path.includes("*"))
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, "{$1}")}`);
    expect(new Set(described)).toEqual(new Set(served));

    const references = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g) ?? [];
    for (const reference of references) {
      expect(document.components.schemas).toHaveProperty(reference.split("/").at(-1)!);
    }
  });

  it("has nothing at other addresses, nor outside the page's folder", async () => {
    const app = openApp(scriptedWeb().options);
    for (const path of [
      "/nothing",
      "/api/nothing",
      "/..%2Fmain.ts",
      "/%2e%2e/main.ts",
      "/fonts/../package.json",
    ]) {
      expect(await refusal(await app.request(path))).toBe("404 not-found");
    }
  });
});
