/** The Web API: who may call what, how often, and the methods. */
import { ASSISTANT_METHODS } from "./assistant-methods.ts";
import { CHAT_METHODS } from "./chat-methods.ts";
import { CONVERSATION_METHODS } from "./conversation-methods.ts";
import { FILE_METHODS } from "./file-methods.ts";
import type { Inside, Method, Values } from "./method.ts";
import { PEOPLE_METHODS } from "./people-methods.ts";
import type { Rates } from "./rates.ts";
import { Refusal } from "./refusal.ts";
import { STREAM_METHODS } from "./stream-methods.ts";
import { VIEW_METHODS } from "./view-methods.ts";
import { APP_TOKEN, type StoredTeam, type World } from "./world.ts";

const METHODS: Readonly<Record<string, Method>> = {
  ...ASSISTANT_METHODS,
  ...CHAT_METHODS,
  ...CONVERSATION_METHODS,
  ...FILE_METHODS,
  ...PEOPLE_METHODS,
  ...STREAM_METHODS,
  ...VIEW_METHODS,
};

/** The answer to a call, without its `ok`. Throws Refusal and TooMany. */
export function answerCall(
  name: string,
  token: string,
  values: Values,
  inside: Inside,
  rates: Rates,
): object {
  if (token === "") throw new Refusal("not_authed");
  if (name === "apps.connections.open") {
    if (token !== APP_TOKEN)
      throw new Refusal(token.startsWith("xapp-") ? "invalid_auth" : "not_allowed_token_type");
    return { url: inside.socketUrl() };
  }
  const method = METHODS[name];
  if (method === undefined) throw new Error(`the loopback has no ${name}`);
  const team = teamOf(token, inside.world);
  const granted = [...team.scopes];
  if (method.scopes.length > 0 && !method.scopes.some((scope) => team.scopes.has(scope)))
    throw new Refusal("missing_scope", { needed: method.scopes.join(","), provided: granted.join(",") });
  const call = { name, team, values };
  rates.take(call, method);
  return method.answer(call, inside);
}

function teamOf(token: string, { teams }: World): StoredTeam {
  const team = [...teams.values()].find((known) => known.token === token);
  if (team === undefined) throw new Refusal("invalid_auth");
  if (!team.installed) throw new Refusal("account_inactive");
  return team;
}
