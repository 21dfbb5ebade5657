import { expect, it } from "vitest";
import { batches, nameBasedUuid, passagePoint } from "../../../../src/adapters/qdrant/points.ts";

it("makes the UUID that RFC 9562 gives as its example of version 5", () => {
  const dns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
  expect(nameBasedUuid("www.example.com", dns)).toBe("2ed6657d-e927-568b-95e1-2665a8aea6a2");
});

it("gives a passage without words no lexical vector", () => {
  const embedding = Float32Array.of(1, 0);
  const { vector } = passagePoint({
    passageId: "a#1",
    entityId: "a",
    tenant: "public",
    text: "?!",
    embedding,
  });
  expect(vector).toEqual({ dense: [1, 0] });
});

it("cuts many points into requests without losing one", () => {
  const rows = Array.from({ length: 300 }, (_, number) => number);
  const pieces = [...batches(rows)];
  expect(pieces.map((piece) => piece.length)).toEqual([128, 128, 44]);
  expect(pieces.flat()).toEqual(rows);
});
