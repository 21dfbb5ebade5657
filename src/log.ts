import { type Logger, pino } from "pino";

export type { Logger };

/** Structured log on stderr, so that commands can print results on stdout. Secrets are redacted by key. */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      redact: {
        paths: ["*.token", "*.password", "*.secret", "*.authorization", "*.apiKey"],
        censor: "[hidden]",
      },
    },
    pino.destination(2),
  );
}
