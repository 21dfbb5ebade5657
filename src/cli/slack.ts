/** `rora slack`: the manifest that Slack makes the app from. */

import { RoraError } from "../errors.ts";
import { manifestText } from "../start/slack.ts";

export async function runManifest({
  url,
  socket,
}: {
  readonly url: string | undefined;
  readonly socket: boolean;
}): Promise<void> {
  if (url !== undefined && (!URL.canParse(url) || new URL(url).protocol !== "https:"))
    throw new RoraError(
      "bad-request",
      "--url must be like https://rora.example.org: Slack speaks https alone.",
    );
  process.stdout.write(manifestText({ url: url ?? null, socketMode: socket || url === undefined }));
}
