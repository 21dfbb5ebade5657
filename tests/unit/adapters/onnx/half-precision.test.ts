import { Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { floatsOf, floatTensor } from "../../../../src/adapters/onnx/half-precision.ts";

const asHalves = (...values: number[]) =>
  floatTensor("float16", Float32Array.from(values), [1, values.length]);
const bitsOf = (tensor: Tensor) => {
  const { buffer, byteOffset, length } = tensor.data as unknown as Uint16Array;
  return [...new Uint16Array(buffer, byteOffset, length)];
};

describe("half precision", () => {
  // From the table of IEEE 754 binary16: one, the largest, the smallest normal, the smallest, ties, overflow.
  it.each([
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [3 * 2 ** -25, 0x0002],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [65519, 0x7bff],
    [65520, 0x7c00],
    [Number.NEGATIVE_INFINITY, 0xfc00],
    [-0, 0x8000],
  ])("writes %d as the standard does", (value, bits) => {
    expect(bitsOf(asHalves(value))).toEqual([bits]);
  });

  it("reads back every number it can hold", () => {
    const bits = Uint16Array.from({ length: 0x7c00 }, (_, index) => index);
    const numbers = floatsOf(new Tensor("float16", bits, [bits.length]));
    expect(bitsOf(asHalves(...numbers))).toEqual([...bits]);
  });

  it("keeps what is no number", () => {
    expect(floatsOf(asHalves(Number.NaN))[0]).toBeNaN();
  });

  it("leaves float32 where it is", () => {
    const values = Float32Array.of(1, 2);
    expect(floatsOf(floatTensor("float32", values, [2]))).toBe(values);
  });

  it("says so when a graph wants something else", () => {
    expect(() => floatTensor("int8", Float32Array.of(1), [1])).toThrow(/choose another dtype/);
    expect(() => floatsOf(new Tensor("int32", Int32Array.of(1), [1]))).toThrow(/choose another dtype/);
  });
});
