import { expect, test } from "vitest";
import type { DecodedImage } from "../../src/domain/image.ts";
import { createPictureEncoder } from "../../src/picture-encoder.ts";
import { encodedImage } from "../support/hand-made.ts";

/** Parts that note which pictures were rendered; each encoding takes 8 bytes of patches and 8 of embedding. */
function parts(more: { failOnce?: boolean } = {}) {
  const decoded: number[] = [];
  let failing = more.failOnce ?? false;
  return {
    decoded,
    decoder: {
      async decode({ bytes }: { bytes: Uint8Array }) {
        decoded.push(bytes[0]!);
        if (failing) {
          failing = false;
          throw new Error("cannot be read");
        }
        return { pixels: bytes } as DecodedImage;
      },
    },
    imageEncoder: {
      id: "by hand",
      dimension: 2,
      encode: async ({ pixels }: DecodedImage) => encodedImage([[pixels[0]!, 0]]),
    },
  };
}

const picture = (number: number) => ({ sha256: `hash ${number}`, bytes: Uint8Array.of(number) });

test("a picture is rendered and encoded once, also when asked for twice at the same time", async () => {
  const { decoded, ...rest } = parts();
  const encode = createPictureEncoder(rest);
  const [first, second] = await Promise.all([encode(picture(1)), encode(picture(1))]);
  expect(first).toBe(second);
  expect(await encode(picture(1))).toBe(first);
  expect([...(await encode(picture(2))).patches]).toEqual([2, 0]);
  expect(decoded).toEqual([1, 2]);
});

test("what was not used for longest is forgotten when there is no room", async () => {
  const { decoded, ...rest } = parts();
  const encode = createPictureEncoder({ ...rest, maximumBytes: 32 });
  for (const number of [1, 2, 1, 3, 1, 2]) await encode(picture(number));
  // Two fit: 3 pushed 2 out, for 1 had been used since.
  expect(decoded).toEqual([1, 2, 3, 2]);
});

test("a failure reaches whoever asked and is not remembered", async () => {
  const encode = createPictureEncoder(parts({ failOnce: true }));
  await expect(encode(picture(1))).rejects.toThrow("cannot be read");
  expect([...(await encode(picture(1))).patches]).toEqual([1, 0]);
});
