/** The two pages that people see after Slack's own: it is installed, or why not. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Installation } from "@slack/bolt";

/** The library's codes for what the person, not we, can do something about. */
const SENTENCES: Record<string, string> = {
  slack_oauth_invalid_state:
    "This link was opened in another browser, or more than ten minutes ago. Please begin again.",
  slack_oauth_missing_state: "This link is not complete. Please begin again.",
  slack_oauth_missing_code: "This link is not complete. Please begin again.",
  slack_oauth_installer_authorization_error: "It was not allowed in Slack, so nothing was installed.",
};

export function installed(
  { team, enterprise }: Pick<Installation, "team" | "enterprise">,
  ...[, , response]: [unknown, IncomingMessage, ServerResponse]
): void {
  const where = team?.name ?? enterprise?.name ?? "your workspace";
  send(response, 200, `Rora is installed in ${where}. In Slack, mention it in a message with a picture.`);
}

export function installationFailed(
  { code }: { readonly code: string },
  ...[, , response]: [unknown, IncomingMessage, ServerResponse]
): void {
  const sentence = SENTENCES[code] ?? "It could not be installed. Please try again in a moment.";
  send(response, code in SENTENCES ? 400 : 500, sentence);
}

/** Plain text: a workspace's name is anybody's words. */
function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
  response.end(`${text}\n`);
}
