import { expect, it } from "vitest";
import { libraryLog, withoutSecrets } from "../../../../bots/slack/connection/library-log.ts";
import { createLog } from "../../../../src/log.ts";

it.each([
  ["token xoxb-1-a_b-C is bad", "token [hidden] is bad"],
  ["xapp-1-A0-2-f00 and xoxp-9-x, xoxe-1-y", "[hidden] and [hidden], [hidden]"],
  [
    "wss://wss-primary.slack.com/link/?ticket=1234-5678&app_id=a1b2",
    "wss://wss-primary.slack.com/link/?ticket=[hidden]&app_id=[hidden]",
  ],
  ["nothing secret", "nothing secret"],
])("%j is logged as %j", (text, logged) => {
  expect(withoutSecrets(text)).toBe(logged);
});

it("lets warnings and faults through, without secrets, and nothing of what people write", () => {
  const lines: [string, unknown][] = [];
  const log = createLog("silent");
  log.warn = (line: unknown) => void lines.push(["warn", line]);
  log.error = (line: unknown) => void lines.push(["error", line]);
  const library = libraryLog(log);
  library.debug("Received a message on the WebSocket: what somebody wrote");
  library.info("what somebody wrote");
  library.warn("a warning about", "xoxb-1-2");
  library.error(new Error("refused xapp-1-2"));
  expect(lines).toEqual([
    ["warn", "Slack: a warning about [hidden]"],
    ["error", "Slack: Error: refused [hidden]"],
  ]);
});
