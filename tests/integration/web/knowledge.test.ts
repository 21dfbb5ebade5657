import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { entitiesSchema, entitySchema, examplesSchema } from "../../../bots/web/schemas.ts";
import type { Lesson } from "../../../src/domain/knowledge.ts";
import { scriptedWeb } from "../../support/scripted-web.ts";
import { openApp, pngFile, refusal } from "./client.ts";

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
});

describe("POST /api/entities", () => {
  const adminToken = "a-token-of-some-length";
  const lessons: Lesson[] = [];
  const teach = async (lesson: Lesson) => {
    lessons.push(lesson);
    const { tenant, title, description, url, aliases } = lesson;
    return { id: "taught:x", tenant, title, description, url, aliases };
  };
  const school = openApp(scriptedWeb({ adminToken, teach }).options);
  const post = (fields: [string, string | File][], token = adminToken, to = school) => {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    return to.request("/api/entities", {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${token}` },
    });
  };
  const lesson: [string, string][] = [
    ["title", " Old\n Bridge "],
    ["passage", "It was built in 1566."],
    ["passage", "It fell in 1993."],
    ["alias", "Stari Most"],
    ["url", "https://example.org/bridge"],
  ];

  it("teaches what the form says", async () => {
    const response = await post([...lesson, ["image", await pngFile()]]);
    expect(response.status).toBe(201);
    expect(entitySchema.parse(await response.json())).toMatchObject({ id: "taught:x", title: "Old Bridge" });
    expect(lessons.at(-1)).toMatchObject({
      tenant: "public",
      title: "Old Bridge",
      aliases: ["Stari Most"],
      passages: [
        { section: "About", text: "It was built in 1566." },
        { section: "About", text: "It fell in 1993." },
      ],
    });
    expect(lessons.at(-1)!.images).toHaveLength(1);
  });

  it("is closed to everybody without the token, and to all where none is set", async () => {
    expect(await refusal(await post(lesson, "another-token-of-length"))).toBe("401 unauthorized");
    expect(await refusal(await school.request("/api/entities", { method: "POST" }))).toBe("401 unauthorized");
    expect(await refusal(await post(lesson, adminToken, app))).toBe("401 unauthorized");
  });

  it.each<[string, [string, string][], string]>([
    ["no title", [["passage", "x"]], "400 bad-request"],
    ["no passage", [["title", "x"]], "400 bad-request"],
    ["a section too few", [...lesson, ["section", "History"]], "400 bad-request"],
    [
      "an address that is none",
      [
        ["title", "x"],
        ["passage", "x"],
        ["url", "javascript:alert(1)"],
      ],
      "400 bad-request",
    ],
    ["a picture that is text", [...lesson, ["image", "x"]], "400 bad-request"],
    [
      "an endless passage",
      [
        ["title", "x"],
        ["passage", "x".repeat(3000)],
      ],
      "400 bad-request",
    ],
  ])("refuses %s", async (_, fields, expected) => {
    expect(await refusal(await post(fields))).toBe(expected);
  });

  it("refuses a picture that is too large, and what is no form", async () => {
    const large = new File([new Uint8Array(2 * 1024 * 1024)], "large.png");
    expect(await refusal(await post([...lesson, ["image", large]]))).toBe("413 image-too-large");
    const headers = { authorization: `Bearer ${adminToken}` };
    const response = await school.request("/api/entities", { method: "POST", body: "{}", headers });
    expect(await refusal(response)).toBe("400 bad-request");
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
