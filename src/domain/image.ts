/** Pictures and their parts. Knows nothing of files, codecs or models. */

/** A picture as it arrived: untrusted bytes and nothing else. */
export interface QueryImage {
  readonly bytes: Uint8Array;
}

/** Something the reader should know about how a picture was read, in plain words. */
export interface ImageNotice {
  readonly kind: "animated" | "downscaled" | "truncated" | "unrefined";
  readonly text: string;
}

/** A picture after safe decoding: upright, sRGB, without alpha. */
export interface DecodedImage {
  /** Hex SHA-256 of the original bytes: the cache key everywhere. */
  readonly sha256: string;
  /** 64-bit difference hash (dHash) as 16 hex digits; near-duplicates differ in few bits. */
  readonly perceptualHash: string;
  /** RGB, row-major, 3 bytes a pixel, `width * height * 3` long. */
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** MIME type by content, e.g. `image/png`. */
  readonly mediaType: string;
  readonly notices: readonly ImageNotice[];
}

/** The grid of patches the encoder sees, and how it lies on the picture (the picture is stretched to it). */
export interface PatchGrid {
  readonly rows: number;
  readonly columns: number;
}

/** Whether an encoder tells the parts of a picture apart. */
export type PatchSupport =
  | {
      readonly kind: "patches";
      /** Patches of each picture. */
      readonly count: number;
    }
  | {
      readonly kind: "none";
      /** Why nothing can be refined, and what would change that: half a sentence in plain words. */
      readonly reason: string;
    };

/** One encoding pass over one picture. All vectors are row-major float32. */
export interface EncodedImage {
  /** Global embedding, L2-normalised, `dimension` long. */
  readonly embedding: Float32Array;
  /** Per-patch embeddings in the joint image–text space, L2-normalised, `rows * columns * dimension` long; empty, on a grid of 0 × 0, without. */
  readonly patches: Float32Array;
  /** What the answering model's projector made of each patch, `rows * columns * featureSize` long; null if it has its own tower. */
  readonly features: Float32Array | null;
  readonly featureSize: number;
  readonly dimension: number;
  readonly grid: PatchGrid;
}

/** How much each patch matters for the question; 0 × 0 where the encoder makes no patches: then the whole picture counts. */
export interface RelevanceMap extends PatchGrid {
  /** Row-major, `rows * columns` long, higher matters more; cosine similarities in −1…1. */
  readonly scores: readonly number[];
  /** Indices of the patches kept as visual tokens, ascending (raster order). */
  readonly kept: readonly number[];
}

/** The patches of one picture chosen for the prompt. */
export interface VisualTokens {
  /** Patch indices in raster order, ascending. */
  readonly patches: readonly number[];
  /** `patches.length * featureSize` long; what the answering model reads in place of image placeholders. */
  readonly features: Float32Array;
  readonly featureSize: number;
  /** Number of patches there were to choose from. */
  readonly total: number;
}

/** A picture of the prompt, for models that read visual tokens and for those that read pixels. */
export interface PromptPicture {
  /** Null when the encoder makes no features for the answering model. */
  readonly tokens: VisualTokens | null;
  /** What matters in it for the question, and which patches were kept. */
  readonly map: RelevanceMap;
  /** Reads the pixels, which only some models want. Throws RoraError `image-unreadable` or `image-too-large`. */
  readonly decode: () => Promise<DecodedImage>;
}
