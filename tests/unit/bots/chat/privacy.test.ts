import { describe, expect, it } from "vitest";
import { inMessages, keptAsFiles } from "../../../../bots/chat/privacy.ts";

const asker = { tenant: "t", pseudonym: "p" };
const picture = (sha256: string, size: number) => ({
  sha256,
  mediaType: "image/png",
  base64: Buffer.alloc(size, 1).toString("base64"),
});
const ledger = (images: ReturnType<typeof picture>[], question = "?") => ({
  exportPerson: async () => ({ interactions: [{ question }], images }),
});
const names = (files: readonly { readonly name: string }[]) => files.map(({ name }) => name);

describe("what is kept of a person, as files", () => {
  it("is one file where that fits", async () => {
    const { files, leftOut } = await keptAsFiles([asker], ledger([picture("a", 100)]), 1_000);
    expect(names(files)).toEqual(["rora-kept-of-me.json"]);
    expect(leftOut).toBe(0);
  });

  it("has pictures beside it where it does not, and says how many are too large even so", async () => {
    const images = [picture("a", 900), picture("b", 1_001), picture("c", 1_000)];
    const { files, leftOut } = await keptAsFiles([asker], ledger(images), 1_000);
    expect(names(files)).toEqual(["rora-kept-of-me.json", "a.png", "c.png"]);
    expect(leftOut).toBe(1);
  });

  it("comes in parts that make the file again where its words alone are too many", async () => {
    const question = "Ü".repeat(2_000);
    const { files } = await keptAsFiles([asker], ledger([], question), 1_000);
    expect(files.length).toBeGreaterThan(4);
    const whole = Buffer.concat(files.map(({ bytes }) => bytes)).toString();
    expect(JSON.parse(whole)).toEqual([{ interactions: [{ question }], images: [] }]);
  });

  it("is spread over messages of at most ten files and so many bytes", () => {
    const files = Array.from({ length: 25 }, (_, index) => ({ name: `${index}`, bytes: new Uint8Array(10) }));
    expect(inMessages(files, 1_000).map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(inMessages(files.slice(0, 5), 25).map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(inMessages(files, 1_000).flat()).toEqual(files);
  });
});
