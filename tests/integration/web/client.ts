/** Posting to the app without a socket. */

import sharp from "sharp";
import { type AppOptions, createWebApp, type WebApp } from "../../../bots/web/app.ts";

export function openApp(options: AppOptions): WebApp {
  return createWebApp(options, new AbortController().signal, () => false);
}

export async function pngFile(): Promise<File> {
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#246" } })
    .png()
    .toBuffer();
  return new File([new Uint8Array(png)], "photo.png", { type: "image/png" });
}

export function form(fields: Record<string, string | File>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

export function ask(
  app: WebApp,
  fields: Record<string, string | File>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return Promise.resolve(app.request("/api/ask", { method: "POST", body: form(fields), headers }));
}

/** The error code of a refusal, with its status: `"413 image-too-large"`. */
export async function refusal(response: Response): Promise<string> {
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  if (!/^[A-Z].*[.!?]$/s.test(error.message)) throw new Error(`not a plain sentence: ${error.message}`);
  return `${response.status} ${error.code}`;
}

/** Server-sent events of a whole body. */
export function readEvents(body: string): { event: string; data: Record<string, unknown> }[] {
  return body
    .split("\n\n")
    .filter((block) => block.startsWith("event: "))
    .map((block) => {
      const [first, ...rest] = block.split("\n");
      return { event: first!.slice(7), data: JSON.parse(rest.map((line) => line.slice(6)).join("\n")) };
    });
}
