/** Numbers of PIL.Image.Resampling, as `resample` in preprocessor_config.json has them. */
export type Resample = 1 | 2 | 3;

interface Kernel {
  /** Half width in source pixels when enlarging. */
  readonly support: number;
  weight(distance: number): number;
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** Weights are integers of this many fractional bits, as Pillow's are, so that ties round the same way. */
const FRACTION_BITS = 22;
const HALF = 2 ** (FRACTION_BITS - 1);

const KERNELS: Record<Resample, Kernel> = {
  1: { support: 3, weight: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
  2: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  3: {
    support: 2,
    weight(distance) {
      const x = Math.abs(distance);
      if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    },
  },
};

/**
 * Resizes RGB pixels as Pillow does (`Image.resize`: the kernel widens when shrinking, so nothing aliases; rounded to bytes
 * after each axis), because that is what the encoders were trained on. Source: Pillow, src/libImaging/Resample.c.
 * @param pixels row-major, 3 bytes a pixel, `width * height * 3` long
 * @returns row-major, 3 bytes a pixel, `to.width * to.height * 3` long; the same bytes as Pillow's
 *   (from version 13 on it takes some tall pictures along the height first, which rounds differently)
 */
export function resize(
  pixels: Uint8Array | Uint8ClampedArray,
  size: { readonly width: number; readonly height: number },
  to: { readonly width: number; readonly height: number },
  resample: Resample,
): Uint8ClampedArray {
  const kernel = KERNELS[resample];
  return resizeColumns(
    resizeRows(pixels, size, to.width, kernel),
    { width: to.width, height: size.height },
    to.height,
    kernel,
  );
}

/** Along the width; three running sums instead of an inner loop, since this pass reads every pixel of the picture. */
function resizeRows(
  source: Uint8Array | Uint8ClampedArray,
  { width, height }: { readonly width: number; readonly height: number },
  toWidth: number,
  kernel: Kernel,
): Uint8ClampedArray {
  const target = new Uint8ClampedArray(height * toWidth * 3);
  for (let column = 0; column < toWidth; column++) {
    const { first, weights } = tapsOf(column, width, toWidth, kernel);
    for (let row = 0; row < height; row++) {
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      let from = (row * width + first) * 3;
      for (let tap = 0; tap < weights.length; tap++) {
        const weight = weights[tap]!;
        red += weight * source[from++]!;
        green += weight * source[from++]!;
        blue += weight * source[from++]!;
      }
      const at = (row * toWidth + column) * 3;
      target[at] = red >> FRACTION_BITS;
      target[at + 1] = green >> FRACTION_BITS;
      target[at + 2] = blue >> FRACTION_BITS;
    }
  }
  return target;
}

/** Along the height, whole rows at a time. */
function resizeColumns(
  source: Uint8ClampedArray,
  { width, height }: { readonly width: number; readonly height: number },
  toHeight: number,
  kernel: Kernel,
): Uint8ClampedArray {
  const stride = width * 3;
  const target = new Uint8ClampedArray(toHeight * stride);
  const sums = new Int32Array(stride);
  for (let row = 0; row < toHeight; row++) {
    const { first, weights } = tapsOf(row, height, toHeight, kernel);
    sums.fill(HALF);
    for (let tap = 0; tap < weights.length; tap++) {
      const weight = weights[tap]!;
      const from = (first + tap) * stride;
      for (let byte = 0; byte < stride; byte++) sums[byte]! += weight * source[from + byte]!;
    }
    for (let byte = 0; byte < stride; byte++) target[row * stride + byte] = sums[byte]! >> FRACTION_BITS;
  }
  return target;
}

/** Which source steps make up step `index` of the result, and how much each counts (summing to 2 ** FRACTION_BITS). */
function tapsOf(index: number, length: number, toLength: number, kernel: Kernel) {
  const scale = length / toLength;
  const widening = Math.max(scale, 1);
  const support = kernel.support * widening;
  const center = (index + 0.5) * scale;
  const first = Math.max(0, Math.trunc(center - support + 0.5));
  const last = Math.min(length, Math.trunc(center + support + 0.5));
  const weights = Float64Array.from({ length: last - first }, (_, tap) =>
    kernel.weight((first + tap - center + 0.5) * (1 / widening)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return {
    first,
    weights: Int32Array.from(weights, (weight) => roundAwayFromZero((weight / sum) * 2 ** FRACTION_BITS)),
  };
}

function roundAwayFromZero(value: number): number {
  return Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
}
