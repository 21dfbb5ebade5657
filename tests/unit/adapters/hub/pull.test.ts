import { existsSync } from "node:fs";
import { lstat, mkdir, readFile, readlink, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { wantedFiles } from "../../../../src/adapters/hub/wanted-files.ts";
import { filesOf, firstCommit, gitHash, secondCommit, sha256 } from "../../../support/loopback-model.ts";
import { STOCK } from "../onnx/clip.ts";
import { graph, openPlace, type Place, tinyFiles } from "./loopback.ts";

let place: Place;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(() => place.close());

const { signal } = new AbortController();
const repository = () => join(place.cache, "models--owner--tiny");
const snapshot = (commit = firstCommit) => join(repository(), "snapshots", commit);
const graphHash = sha256(tinyFiles[graph]!);
const there = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  );

describe("a pull", () => {
  it("brings the files that are needed and no others", async () => {
    const plan = await place.hub().plan("owner/tiny", { dtype: "auto", signal });
    expect(plan).toMatchObject({ commit: firstCommit, licence: "mit", precisions: ["fp32"] });
    const bytes = await place.pull();
    expect(bytes).toBe(plan.bytes);
    for (const { path } of plan.files)
      expect(await readFile(join(snapshot(), path))).toEqual(tinyFiles[path]);
    expect(plan.files).toHaveLength(Object.keys(tinyFiles).length - 1);
    expect(await there(join(snapshot(), "make.py"))).toBe(false);
  });

  it("says what the repository lacks of all that Rora needs, for finding and for answering", async () => {
    const whole = await place.hub().plan("owner/tiny", { dtype: "auto", signal });
    expect(whole.lacking).toEqual({ encoding: [], answering: [] });
    const stock = Object.keys(await filesOf(STOCK)).map((path) => ({ path }));
    const { files, lacking } = wantedFiles(stock, "auto");
    expect(lacking).toEqual({
      encoding: [],
      answering: ["onnx/embed_tokens.onnx", "onnx/decoder_model_merged.onnx"],
    });
    const paths = files.map(({ path }) => path);
    expect(paths).toContain("onnx/vision_model.onnx");
    // Both towers once more.
    expect(paths).not.toContain("onnx/model.onnx");
    const dense = wantedFiles([...stock, { path: "onnx/vision_encoder.onnx" }], "auto");
    expect(dense.files.map(({ path }) => path)).not.toContain("onnx/vision_model.onnx");
    const bare = wantedFiles([{ path: "onnx/decoder_model_merged.onnx" }], "auto");
    expect(bare.lacking.encoding).toContain("preprocessor_config.json");
    expect(bare.lacking.answering).toContain("onnx/embed_tokens.onnx");
  });

  it("lays the cache out as Hugging Face's own tools do", async () => {
    await place.pull();
    expect(await readlink(join(snapshot(), "config.json"))).toBe(
      `../../blobs/${gitHash(tinyFiles["config.json"]!)}`,
    );
    expect(await readlink(join(snapshot(), graph))).toBe(`../../../blobs/${graphHash}`);
    expect((await lstat(join(repository(), "blobs", graphHash))).isFile()).toBe(true);
    expect(await readFile(join(repository(), "refs", "main"), "utf8")).toBe(firstCommit);
  });

  it("tells its progress up to all bytes", async () => {
    const plan = await place.hub().plan("owner/tiny", { dtype: "auto", signal });
    const told: number[] = [];
    await place.hub().pull(plan, { signal, onProgress: (bytes) => told.push(bytes) });
    expect(told.at(-1)).toBe(plan.bytes);
    expect(told).toEqual([...told].sort((first, second) => first - second));
  });

  it("done again downloads nothing", async () => {
    await place.pull();
    place.remote.requests.length = 0;
    expect(await place.pull()).toBe(0);
    expect(place.downloads()).toEqual([]);
  });

  it("repairs what was damaged since", async () => {
    await place.pull();
    await writeFile(join(repository(), "blobs", graphHash), "not a graph");
    expect(await place.pull()).toBe(tinyFiles[graph]!.length);
    expect(await readFile(join(snapshot(), graph))).toEqual(tinyFiles[graph]);
  });

  it("of a new commit downloads what has changed alone", async () => {
    await place.pull();
    const config = Buffer.from('{"changed":true}');
    place.model.commits[secondCommit] = { ...tinyFiles, "config.json": config };
    place.model.revisions.main = secondCommit;
    expect(await place.pull()).toBe(config.length);
    expect(await readFile(join(snapshot(secondCommit), "config.json"), "utf8")).toBe('{"changed":true}');
    expect(await readFile(join(repository(), "refs", "main"), "utf8")).toBe(secondCommit);
  });

  it("takes a revision by name and by commit", async () => {
    place.model.revisions["refs/pr/1"] = firstCommit;
    await place.pull("owner/tiny@refs/pr/1");
    expect(await readFile(join(repository(), "refs", "refs", "pr", "1"), "utf8")).toBe(firstCommit);
    expect(await place.pull(`owner/tiny@${firstCommit}`)).toBe(0);
  });

  it("two at once: one waits and finds it there", async () => {
    place.remote.trouble = ({ path }) =>
      path.startsWith("/large/") ? { kind: "slow", pieceBytes: 30_000, milliseconds: 20 } : undefined;
    const plan = await place.hub().plan("owner/tiny", { dtype: "auto", signal });
    let waited = 0;
    const pull = () => place.hub().pull(plan, { signal, onWait: () => waited++ });
    expect((await Promise.all([pull(), pull()])).sort((first, second) => first - second)).toEqual([
      0,
      plan.bytes,
    ]);
    expect(waited).toBe(1);
    expect(place.downloads().filter((path) => path.includes(graphHash))).toHaveLength(1);
    expect(await readFile(join(snapshot(), graph))).toEqual(tinyFiles[graph]);
  });

  it("sends the token to the hub, and not on to where large files lie", async () => {
    place.model.token = "hf_secret";
    await place.pull("owner/tiny", { more: { token: "hf_secret" } });
    const tokens = (host: string) =>
      new Set(
        place.remote.requests
          .filter((request) => request.host === host)
          .map(({ authorization }) => authorization),
      );
    expect(tokens("127.0.0.1")).toEqual(new Set(["Bearer hf_secret"]));
    expect(tokens("localhost")).toEqual(new Set([undefined]));
  });

  it("says beforehand when the disk is too small", async () => {
    await expect(place.pull("owner/tiny", { more: { freeBytes: async () => 1_000 } })).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/1 MB more.*HF_HOME/),
    });
    expect(place.downloads()).toEqual([]);
  });

  it.skipIf(!existsSync("/dev/full"))("says when the disk becomes full on the way", async () => {
    await mkdir(join(repository(), "blobs"), { recursive: true });
    await symlink("/dev/full", join(repository(), "blobs", `${graphHash}.incomplete`));
    await expect(place.pull()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/disk of the model cache is full.*goes on from here/),
    });
  });

  it("says when the cache cannot be written to", async () => {
    await writeFile(join(place.cache, "file"), "");
    await expect(
      place.pull("owner/tiny", { more: { cache: join(place.cache, "file", "hub") } }),
    ).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining("rights") });
  });
});

describe("precisions:", () => {
  const other = Buffer.from("another precision");
  const files = {
    ...tinyFiles,
    "onnx/decoder_model_merged_q4.onnx": other,
    "onnx/decoder_model_merged_q4.onnx_data": Buffer.from("its weights"),
    "onnx/decoder_model_merged_q4.onnx_data_1": Buffer.from("more of its weights"),
    "onnx/decoder_model_merged_q4f16.onnx": Buffer.from("a third"),
    "onnx/decoder_with_past_model_q4.onnx": Buffer.from("not used"),
  };

  it("the one asked for is taken with its weights apart, and completed by what there is", async () => {
    place.model.commits[firstCommit] = files;
    const plan = await place.hub().plan("owner/tiny", { dtype: "q4", signal });
    expect(plan.precisions).toEqual(["fp32", "q4"]);
    const graphs = plan.files.map(({ path }) => path).filter((path) => path.startsWith("onnx/"));
    expect(graphs.sort()).toEqual([
      "onnx/decoder_model_merged_q4.onnx",
      "onnx/decoder_model_merged_q4.onnx_data",
      "onnx/decoder_model_merged_q4.onnx_data_1",
      "onnx/embed_tokens.onnx",
      "onnx/text_model.onnx",
      "onnx/vision_encoder.onnx",
    ]);
  });

  it("one that is not there is told with those that are", async () => {
    place.model.commits[firstCommit] = files;
    await expect(place.hub().plan("owner/tiny", { dtype: "fp16", signal })).rejects.toMatchObject({
      code: "not-found",
      message: expect.stringContaining("fp32, q4, q4f16"),
    });
  });

  it("no name leads out of the cache", async () => {
    place.model.commits[firstCommit] = {
      ...tinyFiles,
      "../config.json": other,
      "onnx/../../config.json": other,
      "onnx/text_model.onnx_data/../../../evil": other,
    };
    const { files } = await place.hub().plan("owner/tiny", { dtype: "auto", signal });
    expect(files.filter(({ path }) => path.includes(".."))).toEqual([]);
  });

  it("a model without graphs is refused", async () => {
    place.model.commits[firstCommit] = { "config.json": Buffer.from("{}") };
    await expect(place.hub().plan("owner/tiny", { dtype: "auto", signal })).rejects.toThrow("ONNX");
  });
});

describe("a file cut off", () => {
  const large = tinyFiles[graph]!;
  const partial = () => join(repository(), "blobs", `${graphHash}.incomplete`);
  const cutGraph = (afterBytes: number, times: number) => {
    let left = times;
    place.remote.trouble = ({ path }) =>
      path.endsWith(graphHash) && left-- > 0 ? { kind: "cut", afterBytes } : undefined;
  };
  const ranges = () =>
    place.remote.requests.filter(({ path }) => path.endsWith(graphHash)).map(({ range }) => range);

  it("goes on at once where it was", async () => {
    cutGraph(50_000, 2);
    await place.pull();
    expect(ranges()).toEqual([undefined, "bytes=50000-", "bytes=100000-"]);
    expect(await readFile(join(snapshot(), graph))).toEqual(large);
  });

  it("goes on with the next pull, once the hub answers again", async () => {
    cutGraph(50_000, 1);
    const { trouble } = place.remote;
    place.remote.trouble = (request) =>
      request.range === undefined ? trouble(request) : { kind: "status", status: 503 };
    await expect(place.pull()).rejects.toThrow("status 503");
    expect((await stat(partial())).size).toBe(50_000);
    expect(await there(join(repository(), "refs"))).toBe(false);
    await expect(place.hub().folder("owner/tiny")).rejects.toThrow("models pull owner/tiny");

    place.remote.requests.length = 0;
    place.remote.trouble = () => undefined;
    await place.pull();
    expect(ranges()).toEqual(["bytes=50000-"]);
    expect(await readFile(join(snapshot(), graph))).toEqual(large);
    expect(await there(partial())).toBe(false);
  });

  it("begins anew where the server does not do ranges", async () => {
    let asked = 0;
    place.remote.trouble = ({ path }) => {
      if (!path.endsWith(graphHash)) return undefined;
      return asked++ === 0 ? { kind: "cut", afterBytes: 50_000 } : { kind: "no-ranges" };
    };
    await place.pull();
    expect(await readFile(join(snapshot(), graph))).toEqual(large);
  });

  it("again and again with nothing new is told, and what is here is kept", async () => {
    cutGraph(50_000, 1);
    const { trouble } = place.remote;
    place.remote.trouble = (request) =>
      request.range === undefined ? trouble(request) : { kind: "cut", afterBytes: 0 };
    await expect(place.pull()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/broke off after 50000 of \d+ bytes. Pull again/),
    });
    expect((await stat(partial())).size).toBe(50_000);
  });

  it("by the person who waits is kept, too", async () => {
    place.remote.trouble = ({ path }) =>
      path.endsWith(graphHash) ? { kind: "slow", pieceBytes: 10_000, milliseconds: 5 } : undefined;
    const stop = new AbortController();
    const plan = await place.hub().plan("owner/tiny", { dtype: "auto", signal });
    const before = plan.files.findIndex(({ path }) => path === graph);
    const enough = plan.files.slice(0, before).reduce((sum, { bytes }) => sum + bytes, 30_000);
    const pulling = place.hub().pull(plan, {
      signal: stop.signal,
      onProgress: (bytes) => bytes >= enough && stop.abort(),
    });
    await expect(pulling).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    expect((await stat(partial())).size).toBeGreaterThanOrEqual(30_000);
    place.remote.trouble = () => undefined;
    await place.pull();
    expect(await readFile(join(snapshot(), graph))).toEqual(large);
  });
});

describe("content that is not what was announced is thrown away:", () => {
  const large = tinyFiles[graph]!;
  const flipped = Buffer.from(large);
  flipped[large.length >> 1]! ^= 1;
  it.each([
    ["another byte", flipped],
    ["too short", large.subarray(0, 1_000)],
    ["too long", Buffer.concat([large, large])],
    ["nothing", Buffer.alloc(0)],
  ])("%s", async (_, content) => {
    place.remote.trouble = ({ path }) => (path.endsWith(graphHash) ? { kind: "lie", content } : undefined);
    await expect(place.pull()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/decoder_model_merged.*thrown away/),
    });
    const blob = join(repository(), "blobs", graphHash);
    expect(await there(blob)).toBe(false);
    expect(await there(`${blob}.incomplete`)).toBe(false);
    place.remote.trouble = () => undefined;
    await place.pull();
    expect(await readFile(blob)).toEqual(large);
  });

  it("a beginning that was longer than the whole", async () => {
    await mkdir(join(repository(), "blobs"), { recursive: true });
    await writeFile(join(repository(), "blobs", `${graphHash}.incomplete`), Buffer.concat([large, large]));
    await expect(place.pull()).rejects.toThrow("thrown away");
    await place.pull();
    expect(await readFile(join(snapshot(), graph))).toEqual(large);
  });

  it("a small file, by git's hash", async () => {
    const content = Buffer.from(tinyFiles["config.json"]!).reverse();
    place.remote.trouble = ({ path }) =>
      path.endsWith("/config.json") ? { kind: "lie", content } : undefined;
    await expect(place.pull()).rejects.toThrow(/config\.json.*thrown away/);
  });
});
