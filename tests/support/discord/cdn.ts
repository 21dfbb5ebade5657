/** Files as Discord's CDN serves them: at addresses that expire. */
import type { ServerResponse } from "node:http";
import type { Upload } from "./messages.ts";
import type { StoredAttachment } from "./world.ts";

export interface Cdn {
  keep(
    channel: string,
    file: Upload,
    more?: { readonly size?: number; readonly type?: string | null },
  ): StoredAttachment;
  serve(url: URL, response: ServerResponse): void;
  /** Every address given out so far is of no use any more. */
  expireAll(): void;
  /** The next so many transfers break off. */
  breakOff(times: number): void;
  readonly served: string[];
}

const DAY = 24 * 60 * 60;
const TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  txt: "text/plain",
  mp4: "video/mp4",
};

export function createCdn(origin: () => string, snowflake: () => string): Cdn {
  const files = new Map<string, { readonly file: Upload; readonly type: string }>();
  const served: string[] = [];
  let oldest = 0;
  let broken = 0;
  return {
    served,
    keep(channel, file, { size = file.bytes.length, type } = {}) {
      const id = snowflake();
      const path = `/attachments/${channel}/${id}/${encodeURIComponent(file.name)}`;
      // The type is told by the name alone, as at Discord.
      const told =
        type === undefined ? TYPES[file.name.split(".").at(-1)!.toLowerCase()] : (type ?? undefined);
      files.set(path, { file, type: told ?? "application/octet-stream" });
      const expiry = Math.floor(Date.now() / 1000) + DAY;
      const url = `${origin()}${path}?ex=${expiry.toString(16)}&is=0&hm=0`;
      return {
        id,
        filename: file.name,
        size,
        url,
        proxy_url: url,
        ...(told === undefined ? {} : { content_type: told }),
      };
    },
    breakOff: (times) => {
      broken = times;
    },
    expireAll: () => {
      oldest = Math.floor(Date.now() / 1000) + 2 * DAY;
    },
    serve(url, response) {
      const kept = files.get(url.pathname);
      const expiry = Number.parseInt(url.searchParams.get("ex") ?? "0", 16);
      served.push(url.pathname);
      if (kept === undefined || expiry < Math.max(oldest, Date.now() / 1000)) {
        response.writeHead(404, { "content-type": "text/plain" }).end("This content is no longer available.");
        return;
      }
      if (broken-- > 0) {
        response.destroy();
        return;
      }
      response.writeHead(200, { "content-type": kept.type }).end(kept.file.bytes);
    },
  };
}
