/** Vectors as an encoder might make them, any number of them, the same every time. */

export interface LookAlikes {
  /** Unit vector of a picture; the same for the same number. */
  picture(number: number): Float32Array;
  /** Unit vector of a photograph of some entity, farther from its centre than the known pictures are. */
  query(number: number): Float32Array;
}

/** Pictures of one entity have numbers next to each other. */
export const PICTURES_PER_ENTITY = 4;
/** Embeddings of real pictures vary in far fewer directions than they have numbers; uniform noise would be the hardest case, and no one's. */
const DIRECTIONS = 32;

export function createLookAlikes(dimension: number): LookAlikes {
  const basis = Array.from({ length: DIRECTIONS }, (_, row) => gaussian(dimension, 1_000_000_007 + row));
  const near = (entity: number, seed: number, spread: number) => {
    const centre = gaussian(DIRECTIONS, entity);
    const offset = gaussian(DIRECTIONS, seed);
    const vector = new Float32Array(dimension);
    basis.forEach((direction, row) => {
      const weight = centre[row]! + spread * offset[row]!;
      for (let column = 0; column < dimension; column++) vector[column]! += weight * direction[column]!;
    });
    return unit(vector);
  };
  return {
    picture: (number) => near(Math.floor(number / PICTURES_PER_ENTITY), 2_000_000_011 + number, 0.35),
    query: (number) => near(number * 7, 3_000_000_019 + number, 0.5),
  };
}

/** Normally distributed numbers by Box and Muller (https://doi.org/10.1214/aoms/1177706645). */
function gaussian(length: number, seed: number): Float32Array {
  const random = mulberry32(seed);
  return Float32Array.from(
    { length },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
}

/** Tommy Ettinger's generator, 0 ≤ x < 1 (https://gist.github.com/tommyettinger/46a874533244883189143505d203312c). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
