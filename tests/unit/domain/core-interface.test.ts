import fc from "fast-check";
import { expect, it } from "vitest";
import { readAsker, writeAsker } from "../../../src/domain/core-interface.ts";

it("who asks arrives as it was sent, in letters that a header may hold", () => {
  const name = fc.string({ unit: "grapheme", minLength: 1 });
  fc.assert(
    fc.property(name, name, (tenant, pseudonym) => {
      const text = writeAsker({ tenant, pseudonym });
      expect(text).toMatch(/^[\x21-\x7e]+$/);
      expect(readAsker(text)).toEqual({ tenant, pseudonym });
    }),
  );
});

it.each(["", "/", "a", "a/", "/b", "a/b/c", "%/b"])("nobody is read out of %j", (text) => {
  expect(readAsker(text)).toBeNull();
});
