/** Events and interactions as Slack posts them to an app's address: signed, and again where they are not answered. */
import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Delivery, describe, type Parcel } from "./delivery.ts";
import type { Inside } from "./method.ts";
import { SIGNING_SECRET } from "./world.ts";

export interface Signing {
  readonly secret?: string;
  /** Seconds ago that it was signed. */
  readonly age?: number;
}

/** `url`: where the app takes everything, like `http://127.0.0.1:3000/slack/events`. */
export function createHttpDelivery(
  url: string,
  { world, faults }: Pick<Inside, "world" | "faults">,
): Delivery {
  return {
    async send(parcel) {
      const event = parcel.kind === "events_api";
      let reason = "";
      for (const [attempt, pause] of [0, ...(event ? world.patience.retries : [])].entries()) {
        await sleep(pause, undefined, { ref: false });
        const again =
          attempt === 0 ? {} : { "x-slack-retry-num": String(attempt), "x-slack-retry-reason": reason };
        try {
          const signal = AbortSignal.timeout(world.patience.ack);
          const response = await post(url, parcel, {}, { headers: again, signal });
          const text = await response.text();
          if (response.status === 200) return text.startsWith("{") ? (JSON.parse(text) as object) : {};
          reason = "http_error";
          if (response.headers.get("x-slack-no-retry") === "1") break;
        } catch (error) {
          reason = (error as Error).name === "TimeoutError" ? "http_timeout" : "connection_failed";
        }
      }
      faults.push(`${describe(parcel)} was not acknowledged: ${reason}`);
      return null;
    },
  };
}

/** One request as Slack makes it, with a signature that may be wrong. */
export function post(url: string, { kind, payload }: Parcel, signing: Signing = {}, more: RequestInit = {}) {
  const { secret = SIGNING_SECRET, age = 0 } = signing;
  const body =
    kind === "events_api"
      ? JSON.stringify(payload)
      : String(
          new URLSearchParams(kind === "interactive" ? { payload: JSON.stringify(payload) } : { ...payload }),
        );
  const at = String(Math.floor(Date.now() / 1000) - age);
  const signature = createHmac("sha256", secret).update(`v0:${at}:${body}`).digest("hex");
  return fetch(url, {
    ...more,
    method: "POST",
    body,
    headers: {
      "content-type": kind === "events_api" ? "application/json" : "application/x-www-form-urlencoded",
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
      "x-slack-request-timestamp": at,
      "x-slack-signature": `v0=${signature}`,
      ...more.headers,
    },
  });
}
