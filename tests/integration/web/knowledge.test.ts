import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { entitiesSchema, examplesSchema } from "../../../bots/web/schemas.ts";
import { scriptedWeb } from "../../support/scripted-web.ts";
import { openApp, refusal } from "./client.ts";

const app = openApp(scriptedWeb().options);

describe("GET /api/entities", () => {
  it("looks entities up by name", async () => {
    const found = await (await app.request("/api/entities?query=mol")).json();
    expect(entitiesSchema.parse(found).entities).toEqual([
      {
        id: "country:md",
        title: "Moldova",
        description: "Moldova is a country.",
        url: "https://en.wikipedia.org/wiki/Moldova",
        imageUrl: "/api/entities/country%3Amd/image",
      },
    ]);
  });

  it.each(["", "?query=", "?query=%00", "?query=nowhere"])("finds nothing for %j", async (query) => {
    expect(await (await app.request(`/api/entities${query}`)).json()).toEqual({ entities: [] });
  });

  it("serves the small picture of one, and only once to those who have it", async () => {
    const response = await app.request("/api/entities/country%3Atd/image");
    expect((await sharp(await response.arrayBuffer()).metadata()).width).toBe(192);
    const headers = { "if-none-match": response.headers.get("etag")! };
    expect((await app.request("/api/entities/country%3Atd/image", { headers })).status).toBe(304);
  });

  it("has no picture of an unknown one", async () => {
    expect(await refusal(await app.request("/api/entities/country%3Axx/image"))).toBe("404 not-found");
  });

  it("does not teach yet", async () => {
    const response = await app.request("/api/entities", { method: "POST", body: "{}" });
    expect(await refusal(response)).toBe("404 not-found");
  });
});

describe("GET /api/examples", () => {
  it("lists scenes that exist and can be asked about", async () => {
    const { examples } = examplesSchema.parse(await (await app.request("/api/examples")).json());
    expect(examples.length).toBeGreaterThanOrEqual(2);
    for (const { url, alt, questions } of examples) {
      const response = await app.request(url);
      expect((await sharp(await response.arrayBuffer()).metadata()).format).toBe("jpeg");
      expect(alt).toMatch(/\w+/);
      expect(questions.length).toBeGreaterThan(0);
    }
  });
});
