/** What Slack's library says, into our log: warnings and faults alone, for its other lines hold what people wrote. */
import { type Logger as LibraryLog, LogLevel } from "@slack/bolt";
import type { Logger } from "../../../src/log.ts";

/** Tokens, also as parts of addresses: `xoxb-…`, `xapp-…`, and the tickets of Socket Mode's connections. */
const SECRETS = /\b(xox\w|xapp)-[\w-]+|(?<=[?&](?:ticket|app_id)=)[^&\s]+/g;

export function libraryLog(log: Logger): LibraryLog {
  const line = (parts: unknown[]) => `Slack: ${withoutSecrets(parts.map(String).join(" "))}`;
  return {
    debug() {},
    info() {},
    warn: (...parts) => log.warn(line(parts)),
    error: (...parts) => log.error(line(parts)),
    setLevel() {},
    getLevel: () => LogLevel.WARN,
    setName() {},
  };
}

export function withoutSecrets(text: string): string {
  return text.replace(SECRETS, "[hidden]");
}
