/** The REST interface: routes, each with what Discord refuses. */
import { PermissionFlagsBits } from "discord.js";
import { refusals } from "./api-error.ts";
import { INTERACTION_ROUTES } from "./interaction-routes.ts";
import { checkPermissions, checkReading, createMessage, editMessage } from "./messages.ts";
import { apiChannel, apiMessage, permissionsIn, withoutContent } from "./payloads.ts";
import type { RestContext, RestRequest, Route } from "./route.ts";
import { APPLICATION_ID, BOT, type World } from "./world.ts";

const ROUTES: readonly Route[] = [
  ...INTERACTION_ROUTES,
  {
    method: "GET",
    pattern: /^\/gateway\/bot$/,
    answer: (_, __, { gatewayUrl, shards }) => ({
      url: gatewayUrl(),
      shards,
      session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 },
    }),
  },
  { method: "GET", pattern: /^\/users\/@me$/, answer: () => BOT },
  {
    method: "GET",
    pattern: /^\/users\/@me\/guilds$/,
    answer: (_, __, { world }) =>
      [...world.guilds.values()]
        .filter(({ joined }) => joined)
        .map(({ id, permissions }) => ({
          id,
          name: `guild ${id.slice(-4)}`,
          permissions: String(permissions),
        })),
  },
  {
    method: "GET",
    pattern: /^\/applications\/@me$/,
    answer: () => ({ id: APPLICATION_ID, name: "Rora", flags: 0, bot: BOT }),
  },
  {
    method: "GET",
    pattern: /^\/applications\/\d+(?:\/guilds\/(\d+))?\/commands$/,
    answer: ([guild = "global"], _, { world }) => world.commands.get(guild) ?? [],
  },
  {
    method: "PUT",
    pattern: /^\/applications\/\d+(?:\/guilds\/(\d+))?\/commands$/,
    answer: ([guild = "global"], { body }, { world }) => {
      const given = body as unknown as object[];
      const made = given.map((command) => ({
        id: world.snowflake(),
        version: world.snowflake(),
        ...command,
      }));
      world.commands.set(guild, made);
      return made;
    },
  },
  {
    method: "GET",
    pattern: /^\/channels\/(\d+)$/,
    answer: ([id], _, { world }) => {
      const channel = world.channels.get(id!);
      if (channel === undefined) throw refusals.unknownChannel();
      return apiChannel(channel);
    },
  },
  {
    method: "POST",
    pattern: /^\/channels\/(\d+)\/messages$/,
    answer: ([channel], request, { world, keep }) => {
      checkPermissions(world, channel!, request);
      const { nonce, enforce_nonce } = request.body;
      const again = enforce_nonce === true ? seenNonce(world, channel!, String(nonce)) : undefined;
      const message = again ?? createMessage(world, keep, channel!, request);
      if (enforce_nonce === true) NONCES.get(world)!.set(`${channel} ${nonce}`, message.id);
      return apiMessage(message, world);
    },
  },
  {
    method: "GET",
    pattern: /^\/channels\/(\d+)\/messages\/(\d+)$/,
    answer: ([channel, id], _, { world }) => {
      const message = world.messages.get(id!);
      checkReading(world, channel!);
      if (message === undefined || message.channel_id !== channel || message.hiddenFor)
        throw refusals.unknownMessage();
      const own = message.author.id === BOT.id || world.channels.get(channel!)!.guildId === null;
      const whole = apiMessage(message, world);
      // Without the intent, what others have said is kept back here as in events.
      return own ? whole : withoutContent(whole);
    },
  },
  {
    method: "DELETE",
    pattern: /^\/channels\/(\d+)\/messages\/(\d+)$/,
    answer: ([, id], _, { world }) => {
      const message = world.messages.get(id!);
      if (message === undefined) throw refusals.unknownMessage();
      if (message.author.id !== BOT.id) throw refusals.missingPermissions();
      world.messages.delete(id!);
      return undefined;
    },
  },
  {
    method: "PATCH",
    pattern: /^\/channels\/(\d+)\/messages\/(\d+)$/,
    answer: ([channel, id], request, { world, keep }) => {
      checkPermissions(world, channel!, request);
      if (world.messages.get(id!)?.hiddenFor) throw refusals.unknownMessage();
      return apiMessage(editMessage(world, keep, id!, request), world);
    },
  },
  {
    method: "POST",
    pattern: /^\/channels\/(\d+)\/messages\/(\d+)\/threads$/,
    answer: ([channel, message], _, { world, onThread }) => {
      const { guildId } = world.channels.get(channel!)!;
      if (
        (permissionsIn(world.channels.get(channel!)!, world) & PermissionFlagsBits.CreatePublicThreads) ===
        0n
      )
        throw refusals.missingPermissions();
      if (world.channels.has(message!)) throw refusals.threadExists();
      // A thread begun at a message has the message's id.
      const thread = { id: message!, type: 11, guildId, parentId: channel!, recipient: null };
      world.channels.set(thread.id, thread);
      onThread(thread.id);
      return apiChannel(thread);
    },
  },
  {
    method: "POST",
    pattern: /^\/users\/@me\/channels$/,
    answer: (_, { body }, { world }) => {
      const { recipient_id: id } = body as unknown as { recipient_id: string };
      const known = [...world.channels.values()].find(({ recipient }) => recipient?.id === id);
      const recipient = {
        id,
        username: "somebody",
        discriminator: "0" as const,
        global_name: null,
        avatar: null,
      };
      const channel = known ?? { id: world.snowflake(), type: 1, guildId: null, parentId: null, recipient };
      world.channels.set(channel.id, channel);
      return apiChannel(channel);
    },
  },
];

/** Nonces by channel: the same message sent again is the same message. */
const NONCES = new WeakMap<World, Map<string, string>>();

function seenNonce(world: World, channel: string, nonce: string) {
  if (!NONCES.has(world)) NONCES.set(world, new Map());
  const id = NONCES.get(world)!.get(`${channel} ${nonce}`);
  return id === undefined ? undefined : world.messages.get(id);
}

/** The answer to a request whose token was checked. Throws ApiError. */
export function answerRest(request: RestRequest, context: RestContext): object | undefined {
  for (const { method, pattern, answer } of ROUTES) {
    const match = method === request.method ? pattern.exec(request.path) : null;
    if (match !== null) return answer(match.slice(1), request, context);
  }
  throw new Error(`the loopback has no ${request.method} ${request.path}`);
}
