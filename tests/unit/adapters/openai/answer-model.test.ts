import sharp from "sharp";
import { afterEach, describe, expect, it } from "vitest";
import {
  createServedModel,
  type ServedModel,
  type ServedModelOptions,
} from "../../../../src/adapters/openai/answer-model.ts";
import { focusedPicture } from "../../../../src/adapters/sharp/focused-picture.ts";
import { assemblePrompt } from "../../../../src/answering/prompt.ts";
import type { PromptPicture } from "../../../../src/domain/image.ts";
import type { GeneratedToken } from "../../../../src/ports.ts";
import { picturesOf, promptText } from "../../../support/chat-request.ts";
import { decodedImage, evidence } from "../../../support/hand-made.ts";
import {
  LOG_PROBABILITY,
  type Mode,
  type ServedModelFacts,
  type ServedModelServer,
  serveModel,
} from "../../../support/served-model.ts";

const never = new AbortController().signal;
const KEY = "sk-hunter2-hunter2";

/** 200 × 100 pixels of one colour; the left one of two patches matters. */
const picture = (grey: number): PromptPicture => ({
  tokens: null,
  map: { rows: 1, columns: 2, scores: [0.9, 0.1], kept: [0] },
  decode: async () => ({
    ...decodedImage(`grey ${grey}`),
    width: 200,
    height: 100,
    pixels: new Uint8Array(200 * 100 * 3).fill(grey),
  }),
});
const items = [
  {
    evidence: evidence(1, "Peru", "The currency of Peru is the sol. Its capital is Lima."),
    picture: picture(60),
  },
  { evidence: evidence(2, "Chad", "The lake shares its name."), picture: picture(120) },
];
const prompt = (question: string) => assemblePrompt(items, picture(240), question);
const CURRENCY = prompt("Which currency is that?");

const PLAIN: Omit<ServedModelOptions, "url"> = {
  model: "tiny-vlm",
  drawPicture: focusedPicture,
  pictures: { longestSide: 768, pictures: 6 },
  silence: { firstWord: 30, idle: 30 },
  thoughtTokens: 256,
  attempts: { pause: 1 },
};
let server: ServedModelServer;
afterEach(() => server.close());
async function open(
  facts: ServedModelFacts = {},
  options: Partial<ServedModelOptions> = {},
): Promise<ServedModel> {
  server = await serveModel(facts);
  return createServedModel({ ...PLAIN, url: server.url, ...options });
}
async function tokensOf(model: ServedModel, messages = CURRENCY, maximumTokens = 64) {
  const tokens: GeneratedToken[] = [];
  for await (const token of model.generate(messages, { maximumTokens, signal: never })) tokens.push(token);
  return tokens;
}
const textOf = (tokens: readonly GeneratedToken[]) => tokens.map(({ text }) => text).join("");
const say = async (model: ServedModel, messages = CURRENCY) => textOf(await tokensOf(model, messages));
const SOL = "[1] The currency of Peru is the sol.";
const faultOf = async (model: ServedModel) =>
  say(model).then(
    (text) => `answered: ${text}`,
    (fault: Error & { code?: string }) => `${fault.code}: ${fault.message}`,
  );

describe("a served model", () => {
  it("is asked with label, picture and words of each item, then the picture asked about", async () => {
    expect(await say(await open())).toBe(SOL);
    const [request] = server.requests;
    expect(promptText(request!)).toBe(
      "[1] 50%{picture} Peru. The currency of Peru is the sol. Its capital is Lima.\n[2] 50%{picture} Chad. The lake shares its name.\nQuestion:{picture} Which currency is that?\nAnswer:",
    );
    const greys = await Promise.all(
      picturesOf(request!).map(async (bytes) => (await sharp(bytes).stats()).channels[0]!.max),
    );
    for (const [at, grey] of [60, 120, 240].entries()) expect(greys[at]).toBeCloseTo(grey, -1);
  });

  it("gets its words across as they are written, not at the end", async () => {
    const tokens = (await tokensOf(await open())).map(({ text }) => text);
    expect(tokens.length).toBeGreaterThan(5);
    expect(tokens.slice(0, 3)).toEqual(["[1] ", "The", " currency"]);
  });

  it("gives the probabilities of its tokens where the server tells them, else takes them for certain", async () => {
    const told = await tokensOf(await open({ logprobs: true }));
    expect(new Set(told.map(({ logProbability }) => logProbability))).toEqual(new Set([LOG_PROBABILITY]));
    await server.close();
    const silent = await tokensOf(await open());
    expect(new Set(silent.map(({ logProbability }) => logProbability))).toEqual(new Set([0]));
  });

  it("says that no item holds the answer", async () => {
    expect(await say(await open(), prompt("Who composed its anthem?"))).toBe("[0]");
  });

  it("is read in the plain form, from then on, by a server that knows no schemas", async () => {
    const model = await open({ refuses: ["response_format"] });
    expect([await say(model), await say(model)]).toEqual([SOL, SOL]);
    expect(server.arrived()).toBe(3);
    expect(server.requests.map(({ response_format }) => response_format)).toEqual([undefined, undefined]);
    expect(server.requests[0]!.messages[0].content).toContain("[2]");
  });

  it("does without whatever the server refuses by name", async () => {
    const model = await open({ refuses: ["max_tokens", "temperature", "logprobs"] });
    expect(await say(model)).toBe(SOL);
    expect(server.requests[0]).toMatchObject({ max_completion_tokens: 320 });
    expect(server.requests[0]).toHaveProperty("response_format");
  });

  it.each(["message", "detail"] as const)("is understood when its refusals stand in %s", async (reasonIn) => {
    const model = await open({ refuses: ["logprobs"], reasonIn });
    expect(await say(model)).toBe(SOL);
    expect(server.requests[0]).toHaveProperty("response_format");
  });

  it("is asked more plainly when the server does not say what it minds", async () => {
    const model = await open({ modes: [{ status: 400, message: "Bad request" }, "normal"] });
    expect(await say(model)).toBe(SOL);
    expect(server.requests[1]).not.toHaveProperty("response_format");
  });

  it.each<Mode>(["thinks", "ignores-schema"])("is understood when it %s", async (mode) => {
    expect(await say(await open({ modes: [mode] }))).toBe(SOL);
  });

  it("gets no more pictures than it takes, the one asked about first", async () => {
    const model = await open({ longestSide: 64 }, { pictures: { longestSide: 64, pictures: 2 } });
    expect(await say(model)).toBe(SOL);
    expect(promptText(server.requests[0]!)).toMatch(
      /^\[1\] 50%\{picture\} .*\n\[2\] 50% .*\nQuestion:\{picture\}/,
    );
  });

  it("stops at the number of tokens it was allowed, and lets the server stop, too", async () => {
    const model = await open();
    expect((await tokensOf(model, CURRENCY, 3)).length).toBe(3);
    await server.abandoned;
  });

  it.each<Mode>(["stalls-first", "stalls-middle"])(
    "is left at once when its asker goes: %s",
    async (mode) => {
      const model = await open({ modes: [mode] });
      const controller = new AbortController();
      const reason = new Error("nobody waits any more");
      const asking = (async () => {
        for await (const _token of model.generate(CURRENCY, {
          maximumTokens: 64,
          signal: controller.signal,
        }));
      })();
      while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      setTimeout(() => controller.abort(reason), 20);
      await expect(asking).rejects.toBe(reason);
      await server.abandoned;
    },
  );
});

describe("a server in trouble", () => {
  it.each<[string, Mode]>([
    ["is busy and says for how long", { status: 429, message: "slow down", retryAfter: "0" }],
    ["fails", { status: 500, message: "oops" }],
    ["drops the connection before the first word", "drops-first"],
  ])("is asked again when it %s", async (_, mode) => {
    const model = await open({ modes: [mode, "normal"] });
    expect(await say(model)).toBe(SOL);
    expect(server.arrived()).toBe(2);
  });

  it.each<[string, Mode, RegExp]>([
    ["drops the connection", "drops-middle", /^unavailable: .*broke off/],
    ["ends without a reason", "cut-clean", /^unavailable: .*broke off/],
    ["reports a fault in the stream", "error-in-stream", /^unavailable: .*broke off/],
    ["sends half a chunk", "malformed", /^unavailable: .*cannot be read/],
    ["thinks for too long", "thinks-only", /^unavailable: .*VLM_THOUGHT_TOKENS/],
    ["answers with a page", "html", /^unavailable: .*\/v1/],
    ["is busy for an hour", { status: 429, message: "quota", retryAfter: "3600" }, /^busy: /],
    [
      "finds the prompt too long",
      { status: 400, message: "This model's maximum context length is 4096 tokens." },
      /^question-too-long: /,
    ],
    [
      "takes fewer pictures",
      { status: 400, message: "At most 1 image(s) may be provided." },
      /^unavailable: .*VLM_IMAGES/,
    ],
    ["has no eyes", { status: 500, message: "image input is not supported" }, /^unavailable: .*pictures/],
  ])("is told of in plain words and once only, when it %s", async (_, mode, sentence) => {
    expect(await faultOf(await open({ modes: [mode] }))).toMatch(sentence);
    expect(server.arrived()).toBe(1);
  });

  it.each<[Mode, ServedModelOptions["silence"]]>([
    ["stalls-first", { firstWord: 0.2, idle: 30 }],
    ["stalls-middle", { firstWord: 30, idle: 0.2 }],
  ])("is given up, and its connection closed, when it is silent for too long: %s", async (mode, silence) => {
    const model = await open({ modes: [mode] }, { silence });
    expect(await faultOf(model)).toMatch(/^unavailable: .*silent for 0.2 seconds/);
    await server.abandoned;
  });

  it("that keeps failing is told of after three attempts", async () => {
    const model = await open({ modes: [{ status: 500, message: "oops" }] });
    expect(await faultOf(model)).toMatch(/^unavailable: .*status 500/);
    expect(server.arrived()).toBe(3);
  });

  it("that refuses the key is told of, without the key", async () => {
    const model = await open({ key: "another" }, { apiKey: KEY });
    const fault = await say(model).catch((error: Error) => error);
    expect(fault).toMatchObject({ code: "unavailable", message: expect.stringContaining("VLM_API_KEY") });
    expect(`${fault} ${(fault as Error).cause}`).toContain("[hidden]");
    expect(`${fault} ${(fault as Error).cause} ${JSON.stringify(fault)}`).not.toContain("hunter2");
    await expect(model.check()).rejects.toThrow("VLM_API_KEY");
  });

  it("that lacks the model says which it has, when asked and when checked", async () => {
    const model = await open({}, { model: "huge-vlm" });
    expect(await faultOf(model)).toMatch(/huge-vlm\. It has tiny-vlm: set VLM_MODEL/);
    const detail = "huge-vlm, which the server does not list; it lists tiny-vlm";
    expect(await model.check()).toEqual({ listed: false, detail });
  });

  it("that is not there can be started later", async () => {
    const model = await open();
    const { port } = new URL(server.url);
    await server.close();
    expect(await faultOf(model)).toMatch(/^unavailable: .*cannot be reached/);
    await expect(model.check()).rejects.toThrow("cannot be reached");
    server = await serveModel({ port: Number(port) });
    expect(await say(model)).toBe(SOL);
  });
});

describe("checking a server", () => {
  it("finds the model, with the right key", async () => {
    const model = await open({ key: KEY }, { apiKey: KEY });
    expect(await model.check()).toEqual({ listed: true, detail: "tiny-vlm" });
  });

  it("finds that the address is wrong", async () => {
    const page = await open({ models: "html" });
    await expect(page.check()).rejects.toThrow("http://localhost:8000/v1");
    const short = createServedModel({ ...PLAIN, url: server.url.replace("/v1", "") });
    await expect(short.check()).rejects.toThrow("http://localhost:8000/v1");
    expect(await faultOf(short)).toMatch("http://localhost:8000/v1");
  });

  it("accepts a gateway that lists no models", async () => {
    const { detail } = await (await open({ models: "missing" })).check();
    expect(detail).toBe("tiny-vlm, at a server that lists no models");
  });
});
