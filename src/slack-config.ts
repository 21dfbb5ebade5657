/** What the Slack variables mean together: how events come, and whose tokens the app has. Pure. */
import type { Environment } from "./environment.ts";

export interface SlackConfig {
  /** How Slack's events come: over connections opened from here, or as signed requests to the web chat's port. */
  readonly transport:
    | { readonly kind: "socket"; readonly appToken: string }
    | { readonly kind: "http"; readonly signingSecret: string };
  /** One workspace by its token, or any that installs the app. */
  readonly workspaces:
    | { readonly kind: "one"; readonly botToken: string }
    | ({ readonly kind: "many" } & SlackOAuth);
}

/** What OAuth needs, and what the tokens it brings are encrypted with. */
export interface SlackOAuth {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  /** 64 hexadecimal digits. */
  readonly encryptionKey: string;
  /** Earlier ones, which only decrypt. */
  readonly oldEncryptionKeys: readonly string[];
}

const OAUTH = [
  "SLACK_CLIENT_ID",
  "SLACK_CLIENT_SECRET",
  "SLACK_STATE_SECRET",
  "SLACK_ENCRYPTION_KEY",
] as const;

type SlackVariable =
  | (typeof OAUTH)[number]
  | "SLACK_BOT_TOKEN"
  | "SLACK_APP_TOKEN"
  | "SLACK_SIGNING_SECRET"
  | "SLACK_ENCRYPTION_KEYS_OLD";
type SlackVariables = Pick<Environment, SlackVariable>;

/** Which variables are missing beside those that are set, or contradict them. */
export function slackFaults(
  set: SlackVariables,
): { readonly variable: SlackVariable; readonly message: string }[] {
  const isSet = (name: SlackVariable) => set[name] !== undefined;
  const many = OAUTH.some(isSet) || isSet("SLACK_ENCRYPTION_KEYS_OLD");
  const one = isSet("SLACK_BOT_TOKEN");
  const transport = isSet("SLACK_APP_TOKEN") || isSet("SLACK_SIGNING_SECRET");
  if (!many && !one && !transport) return [];
  const faults: { variable: SlackVariable; message: string }[] = [];
  if (many && one) {
    const message = `must be empty beside ${OAUTH.find(isSet) ?? "SLACK_ENCRYPTION_KEYS_OLD"}: one workspace has a token here, many bring theirs by OAuth`;
    faults.push({ variable: "SLACK_BOT_TOKEN", message });
  } else if (many) {
    const message = `must be set, too: installing by OAuth needs ${OAUTH.join(", ")}`;
    faults.push(...OAUTH.filter((name) => !isSet(name)).map((variable) => ({ variable, message })));
  } else if (!one) {
    const message = `must be set, too: the app's token in your workspace (xoxb-…); or, for many workspaces, ${OAUTH.join(", ")}`;
    faults.push({ variable: "SLACK_BOT_TOKEN", message });
  }
  if (!transport) {
    const message =
      "must be set, too: the app-level token (xapp-…) of Socket Mode; or, for HTTP, SLACK_SIGNING_SECRET";
    faults.push({ variable: "SLACK_APP_TOKEN", message });
  }
  return faults;
}

/** Null where nothing of it is set. Of variables without `slackFaults`. An app-level token means Socket Mode, whatever else is set. */
export function slackOf(set: SlackVariables): SlackConfig | null {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_BOT_TOKEN: botToken } = set;
  if (appToken === undefined && signingSecret === undefined) return null;
  return {
    transport:
      appToken === undefined ? { kind: "http", signingSecret: signingSecret! } : { kind: "socket", appToken },
    workspaces:
      botToken === undefined
        ? {
            kind: "many",
            clientId: set.SLACK_CLIENT_ID!,
            clientSecret: set.SLACK_CLIENT_SECRET!,
            stateSecret: set.SLACK_STATE_SECRET!,
            encryptionKey: set.SLACK_ENCRYPTION_KEY!,
            oldEncryptionKeys: set.SLACK_ENCRYPTION_KEYS_OLD ?? [],
          }
        : { kind: "one", botToken },
  };
}
