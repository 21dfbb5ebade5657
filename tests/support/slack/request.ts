/** Reading requests as Slack's SDKs send them: forms with strings of JSON in them, JSON, and multipart. */
import type { IncomingMessage } from "node:http";
import { Values } from "./method.ts";

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The one file of a multipart body, or the body as it is. */
export async function uploadOf(request: IncomingMessage): Promise<Uint8Array> {
  const body = await bodyOf(request);
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/")) return body;
  const form = await formOf(body, type);
  for (const value of form.values())
    if (typeof value !== "string") return new Uint8Array(await value.arrayBuffer());
  throw new Error("an upload without a file");
}

export async function valuesOf(request: IncomingMessage, url: URL): Promise<Values> {
  const body = await bodyOf(request);
  const type = request.headers["content-type"] ?? "";
  const queried = Object.fromEntries(url.searchParams);
  if (type.startsWith("application/json"))
    return new Values({ ...queried, ...JSON.parse(String(body) || "{}") });
  const form = type.startsWith("multipart/")
    ? [...(await formOf(body, type))].map(([name, value]) => [name, String(value)] as const)
    : [...new URLSearchParams(String(body))];
  return new Values({
    ...queried,
    ...Object.fromEntries(form.map(([name, value]) => [name, read(name, value)])),
  });
}

function formOf(body: Buffer, type: string): Promise<FormData> {
  return new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
}

/** What Slack takes as JSON in a form. */
const JSON_VALUES = [
  "blocks",
  "attachments",
  "metadata",
  "view",
  "chunks",
  "files",
  "prompts",
  "loading_messages",
];

function read(name: string, value: string): unknown {
  if (!JSON_VALUES.includes(name)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
