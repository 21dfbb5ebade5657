/** Requests as they come in, and the refusal of one too many. */
import type { IncomingMessage } from "node:http";
import { ApiError } from "./api-error.ts";
import type { RestRequest } from "./route.ts";

/** The refusal of one request too many; `seconds` until the next may come. */
export function tooMany(seconds: number, global = false): ApiError {
  const retry_after = Math.max(0.05, seconds);
  return new ApiError(
    429,
    0,
    "You are being rate limited.",
    { retry_after, global },
    {
      "retry-after": String(retry_after),
      "x-ratelimit-scope": global ? "global" : "user",
      ...(global ? { "x-ratelimit-global": "true" } : {}),
    },
  );
}

export async function readRequest(request: IncomingMessage, url: URL): Promise<RestRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  const base = {
    method: request.method!,
    path: url.pathname.replace(/^\/api\/v10/, ""),
    query: url.searchParams,
  };
  if (!type.startsWith("multipart/form-data"))
    return { ...base, body: bytes.length === 0 ? {} : JSON.parse(bytes.toString()), files: [] };
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const files = await Promise.all(
    [...form]
      .filter(([name]) => name.startsWith("files["))
      .map(async ([, file]) => ({
        name: (file as File).name,
        bytes: new Uint8Array(await (file as File).arrayBuffer()),
      })),
  );
  return { ...base, body: JSON.parse(String(form.get("payload_json"))), files };
}
