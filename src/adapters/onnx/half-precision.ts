/** float16 tensors as float32 and back. What ONNX Runtime gives is a `Float16Array` where Node has it (24), else the bits. */
import { Tensor } from "onnxruntime-node";
import { RoraError } from "../../errors.ts";

/** Numbers of a float32 or float16 tensor; the tensor's own memory where it is float32. */
export function floatsOf(tensor: Tensor): Float32Array {
  const { data } = tensor;
  if (data instanceof Float32Array) return data;
  if (tensor.type === "float16") {
    const bits = data as unknown as Uint16Array;
    return data instanceof Uint16Array ? Float32Array.from(bits, toNumber) : Float32Array.from(bits);
  }
  throw new RoraError(
    "unavailable",
    `The answering model computes in ${tensor.type}, which Rora cannot read; choose another dtype.`,
  );
}

/** A tensor of the type a graph asks for; float32 takes `values` without copying. */
export function floatTensor(type: Tensor.Type, values: Float32Array, dims: readonly number[]): Tensor {
  if (type === "float32") return new Tensor(type, values, dims);
  if (type === "float16") return readable(new Tensor(type, Uint16Array.from(values, toBits), dims));
  throw new RoraError(
    "unavailable",
    `The answering model wants ${type}, which Rora cannot give; choose another dtype.`,
  );
}

/**
 * The same tensor, so that it can be an input again. ONNX Runtime's binding takes a `Float16Array` for empty ("not enough space",
 * microsoft/onnxruntime#32323, seen with 1.30 on Node 24) and reads the bits in the same memory well.
 */
export function readable(tensor: Tensor): Tensor {
  const data: ArrayBufferView = tensor.data as Uint16Array;
  if (tensor.type !== "float16" || data instanceof Uint16Array) return tensor;
  const bits = new Uint16Array(data.buffer, data.byteOffset, tensor.size);
  return Object.defineProperty(tensor, "data", { value: bits });
}

const single = new Float32Array(1);
const bitsOfSingle = new Uint32Array(single.buffer);

/** IEEE 754 binary16 of a number, rounded to nearest, ties to even. */
function toBits(value: number): number {
  single[0] = value;
  const bits = bitsOfSingle[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  if (size > 0x7f800000) return sign | 0x7e00;
  // 65520 and more round to infinity.
  if (size >= 0x477ff000) return sign | 0x7c00;
  if (size < 0x38800000) return sign | roundedToEven(Math.abs(single[0]!) * 2 ** 24);
  const kept = (size - 0x38000000) >>> 13;
  const rest = size & 0x1fff;
  return sign | (kept + (rest > 0x1000 || (rest === 0x1000 && (kept & 1) === 1) ? 1 : 0));
}

function toNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function roundedToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return below + (rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? 1 : 0);
}
