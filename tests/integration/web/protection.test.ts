import { describe, expect, it } from "vitest";
import { scriptedWeb } from "../../support/scripted-web.ts";
import { ask, form, openApp, refusal } from "./client.ts";

const limits = scriptedWeb().options.limits;

describe("what keeps other sites out", () => {
  it("refuses questions and erasures that another site's page sends", async () => {
    const app = openApp(scriptedWeb().options);
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
      { origin: "null" },
    ]) {
      expect(await refusal(await ask(app, { question: "Which?" }, headers as Record<string, string>))).toBe(
        "401 unauthorized",
      );
      const erase = await app.request("/api/me", { method: "DELETE", headers });
      expect(await refusal(erase)).toBe("401 unauthorized");
    }
  });

  it("lets its own page and programs pass", async () => {
    const app = openApp(scriptedWeb().options);
    for (const headers of [{}, { "sec-fetch-site": "same-origin" }, { origin: "http://localhost" }]) {
      expect((await ask(app, { question: "Which?" }, headers as Record<string, string>)).status).toBe(200);
    }
  });

  it("answers to its own names only, so that DNS rebinding gains nothing", async () => {
    const app = openApp(scriptedWeb({ allowedHosts: ["rora.example"] }).options);
    expect((await app.request("http://rora.example:3000/api/me")).status).toBe(200);
    expect((await app.request("http://[::1]:3000/api/me")).status).toBe(200);
    expect(await refusal(await app.request("http://evil.example/api/me"))).toBe("401 unauthorized");
    expect((await app.request("http://10.0.0.7/health")).status).toBe(200);
  });

  it("allows no inline script, no foreign source and no framing", async () => {
    const { headers } = await openApp(scriptedWeb().options).request("/");
    const policy = headers.get("content-security-policy")!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("keeps the page free of inline script and style", async () => {
    const html = await (await openApp(scriptedWeb().options).request("/")).text();
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
  });
});

describe("who asks", () => {
  it("gives a new asker a cookie that scripts and other sites do not get", async () => {
    const { options, assistant } = scriptedWeb();
    const response = await ask(openApp(options), { question: "Which?" });
    const cookie = response.headers.get("set-cookie")!;
    expect(cookie).toMatch(/^rora_asker=[\w-]{32};/);
    expect(cookie).toContain("HttpOnly");
    expect(cookie).toContain("SameSite=Lax");
    const secret = cookie.split(/[=;]/)[1]!;
    expect(assistant.questions[0]!.asker.pseudonym).not.toContain(secret);
  });

  it("knows the asker again by the cookie, and not by a made-up one", async () => {
    const { options, assistant } = scriptedWeb();
    const app = openApp(options);
    const cookie = (await ask(app, { question: "One?" })).headers.get("set-cookie")!.split(";")[0]!;
    const again = await ask(app, { question: "Two?" }, { cookie });
    expect(again.headers.get("set-cookie")).toBeNull();
    await ask(app, { question: "Three?" }, { cookie: "rora_asker=short" });
    const [one, two, three] = assistant.questions.map(({ asker }) => asker.pseudonym);
    expect(two).toBe(one);
    expect(three).not.toBe(one);
  });

  it("marks the cookie Secure behind a proxy that speaks HTTPS", async () => {
    const app = openApp(scriptedWeb({ trustProxy: true }).options);
    const response = await ask(app, { question: "Which?" }, { "x-forwarded-proto": "https" });
    expect(response.headers.get("set-cookie")).toContain("Secure");
  });
});

describe("the rate limit", () => {
  const tight = { ...limits, questionsPerMinute: 2 };

  it("refuses after a burst and says when to try again", async () => {
    const app = openApp(scriptedWeb({ limits: tight }).options);
    const statuses: number[] = [];
    for (let count = 0; count < 6; count++) statuses.push((await ask(app, { question: "Which?" })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await ask(app, { question: "Which?" });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refusal(refused)).toBe("429 rate-limited");
  });

  it("counts each client by its address behind a trusted proxy, and ignores the header otherwise", async () => {
    for (const [trustProxy, expected] of [
      [true, 200],
      [false, 429],
    ] as const) {
      const app = openApp(scriptedWeb({ limits: tight, trustProxy }).options);
      for (let count = 0; count < 6; count++) {
        await ask(app, { question: "Which?" }, { "x-forwarded-for": "192.0.2.1" });
      }
      const other = await ask(app, { question: "Which?" }, { "x-forwarded-for": "192.0.2.2" });
      expect(other.status).toBe(expected);
    }
  });

  it("leaves looking at the page alone", async () => {
    const app = openApp(scriptedWeb({ limits: { ...tight, requestsPerMinute: 1 } }).options);
    await app.request("/api/me");
    expect(await refusal(await app.request("/api/me"))).toBe("429 rate-limited");
    expect((await app.request("/")).status).toBe(200);
    const body = form({ question: "Which?" });
    expect((await app.request("/api/ask", { method: "POST", body })).status).toBe(429);
  });
});
