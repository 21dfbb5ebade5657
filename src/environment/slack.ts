/** Slack's variables; `slack-config.ts` says what they mean together. */
import { z } from "zod";
import { secret } from "./kinds.ts";

const encryptionKey = /^[0-9a-f]{64}$/i;

export const slackVariables = {
  /** Token of the Slack app in one workspace, which it joins then, in ROLE=all and ROLE=slack. A secret: never shown. */
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-[\w-]+$/, "must be a bot's token, which begins with xoxb-")
    .optional(),
  /** Opens Socket Mode's connections, by which events come then. A secret: never shown. */
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-[\w-]+$/, "must be an app-level token, which begins with xapp-")
    .optional(),
  /** What Slack signs its requests with, when events come by HTTP. A secret: never shown. */
  SLACK_SIGNING_SECRET: secret.optional(),
  /** With the next three: any workspace installs the app by itself, by OAuth. */
  SLACK_CLIENT_ID: z
    .string()
    .regex(/^\d+\.\d+$/, "must be two numbers with a dot between")
    .optional(),
  /** Secrets: never shown. */
  SLACK_CLIENT_SECRET: secret.optional(),
  SLACK_STATE_SECRET: secret.optional(),
  /** What the workspaces' tokens are encrypted with, 256 bits; and earlier ones, which only decrypt. Secrets: never shown. */
  SLACK_ENCRYPTION_KEY: z.string().regex(encryptionKey, "must be 64 hexadecimal digits").optional(),
  SLACK_ENCRYPTION_KEYS_OLD: z
    .string()
    .transform((text) => text.split(",").map((key) => key.trim()))
    .refine((keys) => keys.every((key) => encryptionKey.test(key)), {
      error: "must be keys of 64 hexadecimal digits, separated by commas",
    })
    .optional(),
};
