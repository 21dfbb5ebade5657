/** Forms as they are posted. */
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { RoraError } from "../../src/errors.ts";
import { imageTooLarge, type PostedFile } from "./receive.ts";

/** Room for the question, the conversation and the form's own lines beside the picture. */
const FORM_OVERHEAD_BYTES = 64 * 1024;

/** Refuses, while it arrives, a form with a picture over `imageBytes`. */
export function refuseLargeForms(imageBytes: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: imageBytes + FORM_OVERHEAD_BYTES,
    onError: () => {
      throw imageTooLarge(imageBytes);
    },
  });
}

/** The posted form. Throws RoraError `bad-request` when it is of another kind or broken off. */
export async function readForm(c: Context): Promise<FormData> {
  if (!c.req.header("content-type")?.startsWith("multipart/form-data")) {
    throw new RoraError("bad-request", "Send the fields as multipart/form-data.");
  }
  return c.req.formData().catch((cause: unknown) => {
    throw new RoraError("bad-request", "The form arrived incomplete. Please try again.", { cause });
  });
}

/** A field as it was posted, with the bytes of a file. */
export async function readFile(value: FormDataEntryValue | null): Promise<PostedFile | string | null> {
  if (value === null || typeof value === "string") return value;
  return { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) };
}
