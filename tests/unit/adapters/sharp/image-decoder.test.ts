import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { createImageDecoder } from "../../../../src/adapters/sharp/image-decoder.ts";
import { readingPixels } from "../../../../src/adapters/sharp/refusals.ts";
import { RoraError } from "../../../../src/errors.ts";
import { animatedPng } from "../../../support/animated-png.ts";
import { animation, colourAt, noise, plain, pngSaying, RED, signpost, svg } from "./pictures.ts";

const decoder = createImageDecoder();
const decode = (bytes: Uint8Array) => decoder.decode({ bytes });
const near = (colour: readonly number[], expected: readonly number[], tolerance = 3) =>
  colour.every((value, channel) => Math.abs(value - expected[channel]!) <= tolerance);
const red = [RED.r, RED.g, RED.b];

describe("a picture", () => {
  it.each([
    ["image/jpeg", () => plain().jpeg()],
    ["image/png", () => plain().png()],
    ["image/webp", () => plain().webp()],
    ["image/gif", () => plain().gif()],
    ["image/avif", () => plain().avif()],
    ["image/tiff", () => plain().tiff()],
  ])("of type %s is told by its content and decoded", async (mediaType, make) => {
    const picture = await decode(await make().toBuffer());
    expect(picture).toMatchObject({ mediaType, width: 60, height: 40, notices: [] });
    expect(picture.pixels).toHaveLength(60 * 40 * 3);
    expect(colourAt(picture, 30, 20)).toSatisfy((colour: number[]) => near(colour, red));
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("with EXIF orientation %i stands upright", async (orientation) => {
    const upright = await signpost().png().toBuffer();
    // What a camera held so would have written: the picture turned back, and a note how to turn it.
    const turned = {
      1: [0],
      2: [0, "flop"],
      3: [180],
      4: [0, "flip"],
      5: [90, "flop"],
      6: [270],
      7: [270, "flop"],
      8: [90],
    }[orientation]!;
    let stored = sharp(upright).rotate(turned[0] as number);
    stored = sharp(await stored.png().toBuffer());
    if (turned[1] === "flop") stored = stored.flop();
    if (turned[1] === "flip") stored = stored.flip();
    const picture = await decode(
      await stored.withMetadata({ orientation }).jpeg({ chromaSubsampling: "4:4:4" }).toBuffer(),
    );
    expect([picture.width, picture.height]).toEqual([60, 40]);
    expect(colourAt(picture, 10, 10)).toSatisfy((colour: number[]) => near(colour, red, 6));
    expect(colourAt(picture, 50, 10)).toSatisfy((colour: number[]) => near(colour, [0, 0, 255], 6));
    expect(colourAt(picture, 10, 32)).toSatisfy((colour: number[]) => near(colour, [0, 255, 0], 6));
  });

  it("with transparency is laid on white", async () => {
    const bytes = await sharp({
      create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect(colourAt(await decode(bytes), 1, 1)).toEqual([255, 255, 255]);
    const half = await sharp({
      create: { width: 4, height: 4, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0.5 } },
    })
      .png()
      .toBuffer();
    expect(colourAt(await decode(half), 1, 1)).toSatisfy((colour: number[]) => near(colour, [127, 127, 127]));
  });

  it("in grey, in CMYK and with 16 bits a channel becomes 8-bit sRGB", async () => {
    const grey = await decode(await plain().toColourspace("b-w").png().toBuffer());
    expect(grey.pixels).toHaveLength(60 * 40 * 3);
    expect(new Set(colourAt(grey, 5, 5)).size).toBe(1);
    const cmyk = await plain().toColourspace("cmyk").jpeg().toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe("cmyk");
    expect(colourAt(await decode(cmyk), 5, 5)).toSatisfy((colour: number[]) => near(colour, red, 30));
    const deep = await plain().toColourspace("rgb16").png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe("ushort");
    expect(colourAt(await decode(deep), 5, 5)).toSatisfy((colour: number[]) => near(colour, red));
  });

  it.each([
    ["GIF", () => animation().gif()],
    ["WebP", () => animation().webp({ lossless: true })],
  ])("that moves (%s) is its first frame, and the reader is told", async (_, make) => {
    const picture = await decode(await make().toBuffer());
    expect(picture).toMatchObject({ width: 8, height: 8, notices: [{ kind: "animated" }] });
    expect(colourAt(picture, 4, 4)).toSatisfy((colour: number[]) => near(colour, [255, 0, 0]));
  });

  it("that moves (PNG) is its default image, and the reader is told; a still or cut-off one is not said to move", async () => {
    const still = await plain().png().toBuffer();
    expect(await decode(animatedPng(still))).toMatchObject({ notices: [{ kind: "animated" }] });
    expect(await decode(still)).toMatchObject({ notices: [] });
    await expect(decode(still.subarray(0, 40))).rejects.toMatchObject({ code: "image-unreadable" });
  });

  it("is at most 1024 pixels on its longer side and never enlarged", async () => {
    expect(await decode(await plain(3000, 1500).jpeg().toBuffer())).toMatchObject({
      width: 1024,
      height: 512,
    });
    expect(await decode(await plain(1, 20_000).png().toBuffer())).toMatchObject({ width: 1, height: 1024 });
    expect(await decode(await plain(1, 1).png().toBuffer())).toMatchObject({ width: 1, height: 1 });
  });

  it("is named by the hash of its bytes as they came", async () => {
    const bytes = await plain().png().toBuffer();
    expect((await decode(bytes)).sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  it("keeps its perceptual hash when it is shrunk and recompressed, and other pictures have another", async () => {
    const distance = (left: string, right: string) =>
      (BigInt(`0x${left}`) ^ BigInt(`0x${right}`)).toString(2).replaceAll("0", "").length;
    const original = await noise(16, 16)
      .png()
      .toBuffer()
      .then((small) => sharp(small).resize(320, 240).png().toBuffer());
    const copy = await sharp(original).resize(200, 150).jpeg({ quality: 60 }).toBuffer();
    const other = await sharp(original).negate().png().toBuffer();
    const [first, second, third] = await Promise.all([original, copy, other].map(decode));
    expect(first!.perceptualHash).toMatch(/^[0-9a-f]{16}$/);
    expect(distance(first!.perceptualHash, second!.perceptualHash)).toBeLessThan(8);
    expect(distance(first!.perceptualHash, third!.perceptualHash)).toBeGreaterThan(40);
  });
});

describe("what is no readable picture is refused with a plain sentence:", () => {
  const jpeg = () => noise(300, 200).jpeg().toBuffer();
  it.each([
    ["0 bytes", "image-unreadable", /empty/, async () => new Uint8Array(0)],
    ["a truncated JPEG", "image-unreadable", /cut off/, async () => (await jpeg()).subarray(0, 9000)],
    [
      "a truncated PNG",
      "image-unreadable",
      /cut off/,
      async () => (await noise(300, 200).png().toBuffer()).subarray(0, 9000),
    ],
    [
      "the first bytes of a JPEG",
      "image-unreadable",
      /JPEG, PNG/,
      async () => (await jpeg()).subarray(0, 20),
    ],
    [
      "a text, whatever its name",
      "image-unreadable",
      /JPEG, PNG/,
      async () => Buffer.from("only words, called photo.png"),
    ],
    [
      "a PDF",
      "image-unreadable",
      /JPEG, PNG/,
      async () => Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj trailer<<>>"),
    ],
    [
      "a portable pixmap, which nobody posts",
      "image-unreadable",
      /JPEG, PNG/,
      async () => Buffer.from("P6 1 1 255\nabc"),
    ],
    ["an SVG", "image-unreadable", /SVG.*screenshot/, async () => svg("<rect width='5' height='5'/>")],
    [
      "an SVG that begins with a comment",
      "image-unreadable",
      /./,
      async () => Buffer.concat([Buffer.from("<!-- x -->"), svg("")]),
    ],
    ["30,000 × 30,000 pixels", "image-too-large", /30000 × 30000/, async () => pngSaying(30_000, 30_000)],
    ["more than 20 MiB", "image-too-large", /20 MB/, async () => Buffer.alloc(20 * 2 ** 20 + 1)],
    ["50 MB", "image-too-large", /20 MB/, async () => Buffer.alloc(50_000_000)],
  ])("%s", async (_, code, message, make) => {
    const failure = await decode(await make()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RoraError);
    expect(failure).toMatchObject({ code, message: expect.stringMatching(message) });
    expect((failure as RoraError).message).not.toMatch(/vips|Buffer|Error|heif/);
  });

  it("30,000 × 30,000 pixels are refused from the header, without the memory they would take", async () => {
    const before = process.memoryUsage().rss;
    await decode(pngSaying(30_000, 30_000)).catch(() => {});
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20);
  });

  it("what takes too long", async () => {
    const enlarging = noise(200, 200)
      .resize(9000, 9000, { kernel: "lanczos3" })
      .blur(90)
      .timeout({ seconds: 1 });
    await expect(readingPixels(() => enlarging.raw().toBuffer())).rejects.toMatchObject({
      code: "image-too-large",
      message: expect.stringContaining("too long"),
    });
  });

  it("limits can be set", async () => {
    const strict = createImageDecoder({ pixels: 100, bytes: 10_000 });
    await expect(strict.decode({ bytes: await plain(11, 10).png().toBuffer() })).rejects.toMatchObject({
      code: "image-too-large",
    });
    expect(await strict.decode({ bytes: await plain(10, 10).png().toBuffer() })).toMatchObject({ width: 10 });
  });
});

describe("an SVG of our own", () => {
  const own = createImageDecoder({ allowSvg: true });
  const drawing = async (content: string, attributes?: string) =>
    own.decode({ bytes: svg(content, attributes) });

  it("is drawn", async () => {
    const picture = await drawing('<rect width="10" height="10" fill="rgb(200,30,40)"/>');
    expect(picture).toMatchObject({ mediaType: "image/svg+xml", width: 20, height: 10 });
    expect(colourAt(picture, 2, 5)).toEqual(red);
    expect(colourAt(picture, 15, 5)).toEqual([255, 255, 255]);
  });

  it("cannot read files", async () => {
    const directory = await mkdtemp(join(tmpdir(), "rora-svg-"));
    const file = join(directory, "secret.png");
    await writeFile(file, await plain().png().toBuffer());
    for (const reference of [
      file,
      pathToFileURL(file).href,
      `../../../../../../../..${file}`,
      "secret.png",
    ]) {
      const picture = await drawing(
        `<image href="${reference}" xlink:href="${reference}" width="20" height="10"/><style>@import url("${reference}");</style>`,
      );
      expect(colourAt(picture, 10, 5)).toEqual([255, 255, 255]);
    }
    await rm(directory, { recursive: true });
  });

  it("cannot fetch addresses", async () => {
    let requests = 0;
    const bytes = await plain().png().toBuffer();
    const server = createServer((_, response) => {
      requests++;
      response.end(bytes);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/picture.png`;
    const picture = await drawing(
      `<image href="${address}" xlink:href="${address}" width="20" height="10"/><style>@import url("${address}");</style>`,
    );
    expect(colourAt(picture, 10, 5)).toEqual([255, 255, 255]);
    await new Promise((closed) => server.close(closed));
    expect(requests).toBe(0);
  });

  it("runs no script", async () => {
    const paint = "document.getElementsByTagName('rect')[0].setAttribute('fill','red')";
    const picture = await drawing(
      `<rect width="20" height="10" fill="rgb(0,0,255)"/><script>${paint}</script>`,
      `width="20" height="10" onload="${paint}"`,
    );
    expect(colourAt(picture, 10, 5)).toEqual([0, 0, 255]);
  });

  it("is refused when it defines entities from files or without end", async () => {
    const entity = (definition: string, use: string) =>
      Buffer.concat([
        Buffer.from(`<?xml version="1.0"?><!DOCTYPE svg [${definition}]>`),
        svg(`<text y="9">${use}</text>`),
      ]);
    const doubling = "bcdefghij"
      .split("")
      .map((name, index) => `<!ENTITY ${name} "${`&${"abcdefghi"[index]};`.repeat(10)}">`);
    for (const bytes of [
      entity('<!ENTITY a SYSTEM "file:///etc/hostname">', "&a;"),
      entity(`<!ENTITY a "aaaaaaaaaa">${doubling.join("")}`, "&j;"),
    ]) {
      await expect(own.decode({ bytes })).rejects.toMatchObject({ code: "image-unreadable" });
    }
  });
});

describe("bytes that were tampered with", () => {
  let originals: Buffer[];
  beforeAll(async () => {
    originals = await Promise.all([
      noise(40, 30).jpeg().toBuffer(),
      noise(40, 30).jpeg({ progressive: true }).toBuffer(),
      noise(40, 30).png().toBuffer(),
      noise(40, 30).png({ palette: true, adaptiveFiltering: true }).toBuffer(),
      animation().gif().toBuffer(),
      noise(40, 30).webp().toBuffer(),
      noise(40, 30).webp({ lossless: true }).toBuffer(),
      noise(40, 30).tiff().toBuffer(),
      noise(24, 16).avif({ effort: 0 }).toBuffer(),
    ]);
  });

  it("are a picture or refused with a RoraError, and nothing else", async () => {
    const mutation = fc.record({
      at: fc.nat(),
      byte: fc.nat(255),
      kind: fc.constantFrom("set", "insert", "remove", "cut"),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(8),
        fc.array(mutation, { minLength: 1, maxLength: 8 }),
        async (index, mutations) => {
          let bytes = [...originals[index]!];
          for (const { at, byte, kind } of mutations) {
            // Half of the changes hit the header, where most of the decisions fall.
            const position = (at % 2 === 0 ? at : at % 64) % Math.max(1, bytes.length);
            if (kind === "set") bytes[position] = byte;
            if (kind === "insert") bytes.splice(position, 0, byte);
            if (kind === "remove") bytes.splice(position, 1);
            if (kind === "cut" && byte < 32) bytes = bytes.slice(0, position);
          }
          await decodesOrRefuses(Uint8Array.from(bytes));
        },
      ),
      { numRuns: 400 },
    );
  }, 60_000);

  it("need not even have been a picture", async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), decodesOrRefuses), { numRuns: 100 });
  });

  async function decodesOrRefuses(bytes: Uint8Array): Promise<void> {
    try {
      const { pixels, width, height } = await decode(bytes);
      expect(pixels).toHaveLength(width * height * 3);
    } catch (error) {
      expect(error).toBeInstanceOf(RoraError);
    }
  }
});
