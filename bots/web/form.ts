import type { Context } from "hono";
import { RoraError } from "../../src/errors.ts";

/** The posted form. Throws RoraError `bad-request` when it is of another kind or broken off. */
export async function readForm(c: Context): Promise<FormData> {
  if (!c.req.header("content-type")?.startsWith("multipart/form-data")) {
    throw new RoraError("bad-request", "Send the fields as multipart/form-data.");
  }
  return c.req.formData().catch((cause: unknown) => {
    throw new RoraError("bad-request", "The form arrived incomplete. Please try again.", { cause });
  });
}
