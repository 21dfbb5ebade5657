import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { customId, readCustomId } from "../../../../bots/discord/custom-id.ts";
import { tenantOf } from "../../../../bots/discord/identity.ts";

describe("a custom id", () => {
  it("is read as it was written", () => {
    expect(readCustomId(customId("why", "0b0e7a52-4a7d-4b3c-9a52-5d6a3f1c2b1a"))).toEqual({
      action: "why",
      id: "0b0e7a52-4a7d-4b3c-9a52-5d6a3f1c2b1a",
    });
  });

  it("of others is none of ours, whatever it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readCustomId(text)).toBeNull();
      }),
    );
    expect(readCustomId("why:' or 1=1")).toBeNull();
  });
});

it("a server that did not install Rora itself is a direct conversation", () => {
  expect(tenantOf("1", true)).toBe("discord:1");
  expect(tenantOf("1", false)).toBe(tenantOf(null, false));
});
