/** What can be done without joining: registering commands, the link that installs it, and looking whether all is in order. */
import {
  type APIUser,
  ApplicationFlags,
  DiscordAPIError,
  REST,
  type RESTGetAPICurrentUserGuildsResult,
  type RESTGetAPIGatewayBotResult,
  type RESTGetCurrentApplicationResult,
  Routes,
} from "discord.js";
import { RoraError } from "../../src/errors.ts";
import { commandDefinitions } from "./commands.ts";
import type { DiscordOptions } from "./options.ts";
import { inviteLink, missingPermissions } from "./permissions.ts";
import { includes, registerCommands } from "./register.ts";

/** One finding; `advice` says what to do about it. */
export interface Finding {
  readonly state: "ok" | "note" | "broken";
  readonly detail: string;
  readonly advice?: string;
}

export interface DiscordPortal {
  /** For everybody, or on one server alone. Resolves to whether they had changed. */
  register(guildId?: string): Promise<boolean>;
  invite(): Promise<string>;
  examine(): Promise<Finding[]>;
}

/** Every method throws RoraError: `unauthorized` for a wrong token, `unavailable` when Discord cannot be reached. */
export function createPortal(options: Pick<DiscordOptions, "token" | "endpoints" | "limits">): DiscordPortal {
  const { token, endpoints, limits } = options;
  const rest = new REST({ api: endpoints.api, timeout: 15_000 }).setToken(token);
  const application = () => rest.get(Routes.currentApplication()) as Promise<RESTGetCurrentApplicationResult>;

  const plainly = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (cause) {
      throw portalFault(cause);
    }
  };
  return {
    register: (guildId) =>
      plainly(async () => registerCommands(rest, (await application()).id, limits, guildId)),
    invite: () => plainly(async () => inviteLink((await application()).id)),
    examine: () =>
      plainly(async () => {
        const user = (await rest.get(Routes.user())) as APIUser;
        const { id, flags = 0 } = await application();
        const gateway = (await rest.get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult;
        const query = new URLSearchParams({ with_localizations: "true" });
        const commands = await rest.get(Routes.applicationCommands(id), { query });
        const guilds = (await rest.get(Routes.userGuilds())) as RESTGetAPICurrentUserGuildsResult;
        return [
          {
            state: "ok",
            detail: `the token is that of ${user.username}; ${gateway.shards} shards are wanted`,
          },
          intents(flags),
          includes(commands, commandDefinitions(limits.questionCharacters))
            ? { state: "ok", detail: "the commands are registered" }
            : {
                state: "note",
                detail: "the commands are not registered, or other ones are",
                advice: "The next start registers them, and so does `npm run rora -- discord register`.",
              },
          ...serversOf(guilds),
        ];
      }),
  };
}

function intents(flags: number): Finding {
  const content = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;
  return (flags & content) === 0
    ? { state: "ok", detail: "no privileged intent is granted, and none is needed" }
    : {
        state: "note",
        detail: "the Message Content intent is granted, but not needed",
        advice: "Switch it off in the developer portal, page Bot.",
      };
}

function serversOf(guilds: RESTGetAPICurrentUserGuildsResult): Finding[] {
  if (guilds.length === 0)
    return [
      {
        state: "note",
        detail: "it is on no server yet",
        advice: "Open the link of `npm run rora -- discord invite`.",
      },
    ];
  const lacking = guilds.flatMap(({ name, permissions }) => {
    const missing = missingPermissions(BigInt(permissions));
    return missing.length === 0 ? [] : [{ name, missing }];
  });
  if (lacking.length === 0)
    return [{ state: "ok", detail: `on ${guilds.length} servers, with all permissions` }];
  return lacking.map(({ name, missing }) => ({
    state: "broken" as const,
    detail: `on the server ${name} it lacks ${missing.join(", ")}`,
    advice: "Grant them to its role, or install it again by the link of `npm run rora -- discord invite`.",
  }));
}

/** Discord's or the network's words, as a sentence that says what to do. */
export function portalFault(cause: unknown): RoraError {
  const code = (cause as { code?: unknown }).code;
  if (code === "TokenInvalid" || (cause instanceof DiscordAPIError && cause.status === 401))
    return new RoraError(
      "unauthorized",
      "Discord does not know this DISCORD_TOKEN. Copy it anew from the developer portal, page Bot.",
    );
  return new RoraError(
    "unavailable",
    "Discord cannot be reached or does not answer. Check the connection to discord.com.",
    { cause },
  );
}
