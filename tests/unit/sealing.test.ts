import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { createSealer } from "../../src/sealing.ts";

const newKey = () => randomBytes(32).toString("hex");
const key = newKey();
const sealer = createSealer(key, [], "SOME_KEY");
const secret = '{"token":"xoxb-Grüße-1"}';

it("opens what it sealed, and does not show it", () => {
  const sealed = sealer.seal(secret, "slack:T1");
  expect(sealer.open(sealed, "slack:T1")).toBe(secret);
  expect(sealed).not.toContain("xoxb");
  expect(Buffer.from(sealed.split(".").at(-1)!, "base64url").toString()).not.toContain("xoxb");
  expect(sealed).not.toContain(key);
});

it("seals the same secret differently each time", () => {
  const texts = Array.from({ length: 50 }, () => sealer.seal(secret, "slack:T1"));
  expect(new Set(texts).size).toBe(50);
});

it("says of another key's text which setting lacks the key", () => {
  const sealed = createSealer(newKey(), [], "SOME_KEY").seal(secret, "slack:T1");
  expect(() => sealer.open(sealed, "slack:T1")).toThrow("SOME_KEYS_OLD");
});

it("opens with an earlier key and tells that it was one", () => {
  const rotated = createSealer(newKey(), [newKey(), key], "SOME_KEY");
  const old = sealer.seal(secret, "slack:T1");
  expect(rotated.isCurrent(old)).toBe(false);
  expect(rotated.open(old, "slack:T1")).toBe(secret);
  const renewed = rotated.seal(secret, "slack:T1");
  expect(rotated.isCurrent(renewed)).toBe(true);
  expect(() => sealer.open(renewed, "slack:T1")).toThrow("SOME_KEY");
});

it("does not open another owner's secret", () => {
  const sealed = sealer.seal(secret, "slack:T1");
  expect(() => sealer.open(sealed, "slack:T2")).toThrow("damaged or was changed");
});

it("does not open a text of which a single bit was changed, wherever it is", () => {
  const parts = sealer.seal(secret, "slack:T1").split(".");
  for (const place of [2, 3, 4]) {
    const bytes = Buffer.from(parts[place]!, "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit += 7) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      const text = parts.with(place, changed.toString("base64url")).join(".");
      expect(() => sealer.open(text, "slack:T1")).toThrow("damaged or was changed");
    }
  }
});

it.each(["", "v1", "v2.a.b.c.d", `v1.${sealer.seal("", "").split(".")[1]}.AA.AA.AA`])(
  "does not open %j",
  (text) => {
    expect(() => sealer.open(text, "slack:T1")).toThrow();
  },
);

it("does not take a shortened tag for a whole one", () => {
  const parts = sealer.seal(secret, "slack:T1").split(".");
  const short = Buffer.from(parts[3]!, "base64url").subarray(0, 4).toString("base64url");
  expect(() => sealer.open(parts.with(3, short).join("."), "slack:T1")).toThrow("damaged or was changed");
});
