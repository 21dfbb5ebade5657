/** Slack's refusals and silences, as sentences that say what to do. */
import { RoraError } from "../../../src/errors.ts";
import { refusalOf } from "../slack.ts";

/** `variable` is the setting whose token was used. */
export function slackFault(cause: unknown, variable: string): RoraError {
  if (cause instanceof RoraError) return cause;
  const refusal = refusalOf(cause);
  if (refusal === null)
    return new RoraError(
      "unavailable",
      "Slack cannot be reached or does not answer. Check the connection to slack.com.",
      { cause },
    );
  const advice =
    refusal === "missing_scope" || refusal === "not_allowed_token_type"
      ? "It is of another kind or lacks a scope: docs/slack.md says which one is needed."
      : "Copy it anew from the app's settings at api.slack.com/apps.";
  return new RoraError("unavailable", `Slack refuses ${variable} (${refusal}). ${advice}`);
}
