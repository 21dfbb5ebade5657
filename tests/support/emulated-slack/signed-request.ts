/** Requests as Slack signs them: https://docs.slack.dev/authentication/verifying-requests-from-slack */
import { createHmac } from "node:crypto";

export interface Signing {
  readonly secret: string;
  /** Seconds that the signature is old. */
  readonly age?: number;
  /** What is sent in place of what was signed. */
  readonly tampered?: string;
}

export function sendSigned(
  url: string,
  body: object,
  { secret, age = 0, tampered }: Signing,
): Promise<Response> {
  const text = JSON.stringify(body);
  const timestamp = String(Math.floor(Date.now() / 1000) - age);
  const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${text}`).digest("hex");
  return fetch(`${url}/slack/events`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${signature}`,
    },
    body: tampered ?? text,
  });
}
