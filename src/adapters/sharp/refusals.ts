import { RoraError } from "../../errors.ts";

/** Runs what reads the pixels; whatever libvips says becomes a sentence for people, its own words the cause. */
export async function readingPixels<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof Error && cause.message.includes("timeout:")) {
      throw new RoraError(
        "image-too-large",
        "This picture takes too long to read. Send a smaller one or a screenshot of it.",
        {
          cause,
        },
      );
    }
    throw new RoraError(
      "image-unreadable",
      "This picture is damaged or cut off. Save it again or send a screenshot of it.",
      {
        cause,
      },
    );
  }
}

/** Not a format of ours, or too damaged to tell. */
export function unknownFormat(cause?: unknown): RoraError {
  return new RoraError(
    "image-unreadable",
    "This is not a picture Rora can read, or it is damaged. Send a JPEG, PNG, WebP, GIF, AVIF or TIFF.",
    { cause },
  );
}
