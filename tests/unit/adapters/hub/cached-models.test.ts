import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { firstCommit, gitHash, secondCommit, sha256 } from "../../../support/loopback-model.ts";
import { graph, openPlace, type Place, tinyFiles } from "./loopback.ts";

let place: Place;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(() => place.close());

const { signal } = new AbortController();
const blobs = () => join(place.cache, "models--owner--tiny", "blobs");
const graphBlob = () => join(blobs(), sha256(tinyFiles[graph]!));
const sizeOf = (files: Readonly<Record<string, Buffer>>) =>
  Object.entries(files)
    .filter(([path]) => path !== "make.py")
    .reduce((sum, [, content]) => sum + content.length, 0);
/** The same model with another configuration, as the new `main`; the earlier one is `v1`. */
const publish = () => {
  const config = Buffer.from('{"changed":true}');
  place.model.commits[secondCommit] = { ...tinyFiles, "config.json": config };
  place.model.revisions = { main: secondCommit, v1: firstCommit };
  return config;
};

describe("the list", () => {
  it("is empty where there is no cache", async () => {
    expect(await place.hub({ cache: join(place.cache, "none") }).list()).toEqual([]);
  });

  it("says what is there: revision, precisions, size and licence", async () => {
    await place.pull();
    expect(await place.hub().list()).toEqual([
      {
        name: "owner/tiny",
        commit: firstCommit,
        revisions: ["main"],
        precisions: ["fp32"],
        bytes: sizeOf(tinyFiles),
        licence: "mit",
        unfinished: false,
      },
    ]);
  });

  it("names a licence of its own, and none where the card has none", async () => {
    const card = (text: string) => ({ ...tinyFiles, "README.md": Buffer.from(text) });
    place.model.commits[firstCommit] = card("---\nlicense: other\nlicense_name: 'Our own'\n---\n");
    place.model.commits[secondCommit] = card("# A model\nlicense: mit\n");
    await place.pull();
    await place.pull(`owner/tiny@${secondCommit}`);
    expect((await place.hub().list()).map(({ licence }) => licence)).toEqual(["Our own", null]);
  });

  it("says where a download was cut off", async () => {
    place.remote.trouble = ({ path }) => (path.startsWith("/large/") ? { kind: "page" } : undefined);
    await expect(place.pull()).rejects.toThrow();
    await writeFile(`${graphBlob()}.incomplete`, "its beginning");
    expect(await place.hub().list()).toMatchObject([{ name: "owner/tiny", unfinished: true }]);
  });

  it("has models of other programs, and nothing that is no model", async () => {
    await mkdir(join(place.cache, "models--gpt2", "snapshots", firstCommit), { recursive: true });
    await mkdir(join(place.cache, "datasets--owner--tiny", "snapshots", firstCommit), { recursive: true });
    expect(await place.hub().list()).toMatchObject([{ name: "gpt2", precisions: [], revisions: [] }]);
  });
});

describe("a model's folder", () => {
  it("is its snapshot, by name, revision or commit", async () => {
    await place.pull();
    const folder = join(place.cache, "models--owner--tiny", "snapshots", firstCommit);
    for (const name of ["owner/tiny", "owner/tiny@main", `owner/tiny@${firstCommit}`])
      expect(await place.hub({ offline: true }).folder(name)).toBe(folder);
  });

  it("that is not there is told with the command that brings it", async () => {
    await expect(place.hub().folder("owner/tiny@v1")).rejects.toMatchObject({
      code: "not-found",
      message: expect.stringContaining("npm run rora -- models pull owner/tiny@v1"),
    });
  });

  it("is null for what is not named like a model", async () => {
    expect(await place.hub().folder("/models/starter")).toBeNull();
    expect(await place.hub().folder("./starter")).toBeNull();
  });
});

describe("verifying", () => {
  const verify = (more = {}, name = "owner/tiny") => place.hub(more).verify(name, signal);

  it("finds nothing wrong with what was just pulled", async () => {
    await place.pull();
    expect(await verify()).toEqual({
      precisions: ["fp32"],
      files: Object.keys(tinyFiles).length - 1,
      bytes: sizeOf(tinyFiles),
      problems: [],
      unasked: null,
    });
  });

  it("finds one flipped bit, and needs no hub for that", async () => {
    await place.pull();
    const content = await readFile(graphBlob());
    content[1_000]! ^= 1;
    await writeFile(graphBlob(), content);
    const { problems, unasked } = await verify({ offline: true });
    expect(problems).toEqual([`${graph} is damaged: its hash is another.`]);
    expect(unasked).toContain("HF_HUB_OFFLINE");
    expect((await verify()).problems).toEqual(problems);
  });

  it("finds a small file that was changed", async () => {
    await place.pull();
    await writeFile(join(blobs(), gitHash(tinyFiles["config.json"]!)), "{}");
    expect((await verify()).problems).toEqual(["config.json is damaged: its hash is another."]);
  });

  it("names what is missing: a content, and a file altogether", async () => {
    await place.pull();
    await rm(graphBlob());
    await rm(join(place.cache, "models--owner--tiny", "snapshots", firstCommit, "tokenizer.json"));
    expect((await verify()).problems).toEqual([
      `${graph} is missing: its content is gone.`,
      "tokenizer.json is missing.",
    ]);
  });

  it("misses no precision that was not asked for", async () => {
    place.model.commits[firstCommit] = {
      ...tinyFiles,
      "onnx/decoder_model_merged_int8.onnx": Buffer.from("smaller"),
    };
    await place.pull("owner/tiny", { dtype: "fp32" });
    expect((await verify()).problems).toEqual([]);
  });

  it("checks a file in place of a link by the hub's hash, and says when it cannot", async () => {
    await place.pull();
    const file = join(place.cache, "models--owner--tiny", "snapshots", firstCommit, "config.json");
    await rm(file);
    await writeFile(file, tinyFiles["config.json"]!);
    expect((await verify()).problems).toEqual([]);
    expect((await verify({ offline: true })).problems).toEqual([
      "config.json cannot be checked: its hash is not known.",
    ]);
    await writeFile(file, "{}");
    expect((await verify()).problems).toEqual(["config.json is damaged: its hash is another."]);
  });

  it("goes by what is here when the hub does not answer", async () => {
    await place.pull();
    place.remote.trouble = () => ({ kind: "status", status: 503 });
    expect(await verify()).toMatchObject({ problems: [], unasked: expect.stringContaining("503") });
  });

  it("of a model that is not there says how to get it", async () => {
    await expect(verify()).rejects.toThrow("models pull owner/tiny");
  });
});

describe("removing", () => {
  const remove = (name: string) => place.hub().remove(name, { signal });

  it("a model takes all of it and says how much that was", async () => {
    await place.pull();
    const config = publish();
    await place.pull();
    expect(await remove("owner/tiny")).toBe(sizeOf(tinyFiles) + config.length);
    expect(await place.hub().list()).toEqual([]);
    expect(await readdir(place.cache)).toEqual([".locks"]);
  });

  it("one revision leaves what others share with it", async () => {
    await place.pull();
    const config = publish();
    await place.pull("owner/tiny@v1");
    await place.pull();
    expect(await remove("owner/tiny@main")).toBe(config.length);
    expect(await place.hub().list()).toMatchObject([{ commit: firstCommit, revisions: ["v1"] }]);
    expect(await place.hub({ offline: true }).verify("owner/tiny@v1", signal)).toMatchObject({
      files: Object.keys(tinyFiles).length - 1,
      problems: [],
    });
  });

  it("the last revision takes all of it", async () => {
    await place.pull();
    await remove("owner/tiny@main");
    expect(await readdir(place.cache)).toEqual([".locks"]);
  });

  it("what is not there is told", async () => {
    await expect(remove("owner/tiny")).rejects.toMatchObject({ code: "not-found" });
    await place.pull();
    await expect(remove("owner/tiny@v1")).rejects.toMatchObject({ code: "not-found" });
  });
});
