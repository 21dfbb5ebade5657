/** A Discord of our own on this machine: gateway, REST and CDN that enforce what Discord enforces. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { GatewayIntentBits } from "discord.js";
import type { DiscordEndpoints } from "../../../bots/discord/options.ts";
import { ApiError, refusals } from "./api-error.ts";
import { type Cdn, createCdn } from "./cdn.ts";
import { type Gateway, openGateway } from "./gateway.ts";
import { apiChannel, apiGuild } from "./payloads.ts";
import { createPeople } from "./people.ts";
import { readRequest, tooMany } from "./reading.ts";
import { answerRest } from "./rest.ts";
import type { RestRequest } from "./route.ts";
import {
  BOT,
  createWorld,
  EVERYTHING_NEEDED,
  type StoredMessage,
  TOKEN,
  textOf,
  type World,
} from "./world.ts";

export interface LoopbackDiscord extends ReturnType<typeof createPeople> {
  readonly endpoints: DiscordEndpoints;
  readonly world: World;
  readonly gateway: Gateway;
  readonly cdn: Cdn;
  /** Requests so far, as `METHOD /path`. */
  readonly requests: string[];
  /** Refuses the next request whose `METHOD /path` fits. */
  refuseNext(fitting: RegExp, error: ApiError): void;
  addGuild(options?: { permissions?: bigint; locale?: string; joined?: boolean }): {
    guild: string;
    channel: string;
  };
  addChannel(guild: string): string;
  directChannel(): string;
  /** A conversation of several people, in which the bot is not. */
  groupChannel(): string;
  /** Breaks every connection, and each new one, until it is back. */
  goAway(): void;
  comeBack(): void;
  /** What the bot has said in a channel, oldest first. */
  answersIn(channel: string): StoredMessage[];
  /** Their words. */
  textsIn(channel: string): string[];
  close(): Promise<void>;
}

/** Requests a second for one bot: https://docs.discord.com/developers/topics/rate-limits#global-rate-limit */
const MOST_A_SECOND = 50;

export async function openLoopbackDiscord({ shards = 1 } = {}): Promise<LoopbackDiscord> {
  const world = createWorld();
  const requests: string[] = [];
  const awaitedRefusals: { fitting: RegExp; error: ApiError }[] = [];
  const recent: number[] = [];
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const cdn = createCdn(() => origin, world.snowflake);
  const gatewayUrl = () => `ws://127.0.0.1:${port}`;
  const gateway = openGateway(server, world, gatewayUrl);
  const context = {
    world,
    keep: cdn.keep,
    gatewayUrl,
    shards,
    onThread(id: string) {
      const thread = world.channels.get(id)!;
      gateway.dispatch("THREAD_CREATE", apiChannel(thread), {
        intent: GatewayIntentBits.Guilds,
        guildId: thread.guildId,
      });
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, origin);
    if (world.away) return void request.socket.destroy();
    if (url.pathname.startsWith("/attachments/")) return cdn.serve(url, response);
    try {
      const read = await readRequest(request, url);
      requests.push(`${read.method} ${read.path}`);
      refuseSome(request, read);
      const answer = answerRest(read, context);
      if (answer === undefined) response.writeHead(204).end();
      else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    } catch (error) {
      if (!(error instanceof ApiError)) console.error("loopback Discord:", error);
      const { status, body, headers } =
        error instanceof ApiError ? error : { status: 500, body: { message: String(error) }, headers: {} };
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(body));
    }
  }

  function refuseSome(request: IncomingMessage, { method, path }: RestRequest): void {
    // Interactions carry their own token and do not count.
    const free = /^\/(interactions|webhooks)\//.test(path);
    if (!free && request.headers.authorization !== `Bot ${TOKEN}`) throw refusals.unauthorized();
    const planned = awaitedRefusals.findIndex(({ fitting }) => fitting.test(`${method} ${path}`));
    if (planned >= 0) throw awaitedRefusals.splice(planned, 1)[0]!.error;
    if (free) return;
    const now = Date.now();
    while (recent.length > 0 && recent[0]! < now - 1_000) recent.shift();
    if (recent.length >= MOST_A_SECOND) throw tooMany((recent[0]! + 1_000 - now) / 1000, true);
    recent.push(now);
  }

  const answersIn = (channel: string) =>
    [...world.messages.values()].filter(
      (message) => message.channel_id === channel && message.author.id === BOT.id,
    );

  return {
    ...createPeople(world, gateway, cdn),
    endpoints: { api: `${origin}/api`, attachments: { protocol: "http:", hosts: [`127.0.0.1:${port}`] } },
    world,
    gateway,
    cdn,
    requests,
    refuseNext: (fitting, error) => void awaitedRefusals.push({ fitting, error }),
    addGuild({ permissions = EVERYTHING_NEEDED, locale = "en-US", joined = true } = {}) {
      const guild = { id: world.snowflake(), locale, permissions, joined };
      const channel = { id: world.snowflake(), type: 0, guildId: guild.id, parentId: null, recipient: null };
      world.guilds.set(guild.id, guild);
      world.channels.set(channel.id, channel);
      if (joined)
        gateway.dispatch("GUILD_CREATE", apiGuild(guild, world), {
          intent: GatewayIntentBits.Guilds,
          guildId: guild.id,
        });
      return { guild: guild.id, channel: channel.id };
    },
    addChannel(guildId) {
      const channel = { id: world.snowflake(), type: 0, guildId, parentId: null, recipient: null };
      world.channels.set(channel.id, channel);
      gateway.dispatch("CHANNEL_CREATE", apiChannel(channel), { intent: GatewayIntentBits.Guilds, guildId });
      return channel.id;
    },
    directChannel() {
      const recipient = {
        id: world.snowflake(),
        username: "alice",
        discriminator: "0" as const,
        global_name: null,
        avatar: null,
      };
      const channel = { id: world.snowflake(), type: 1, guildId: null, parentId: null, recipient };
      world.channels.set(channel.id, channel);
      return channel.id;
    },
    groupChannel() {
      const channel = { id: world.snowflake(), type: 3, guildId: null, parentId: null, recipient: null };
      world.channels.set(channel.id, channel);
      return channel.id;
    },
    goAway() {
      world.away = true;
      gateway.breakOff();
    },
    comeBack() {
      world.away = false;
    },
    answersIn,
    textsIn(channel) {
      return answersIn(channel).map(textOf);
    },
    async close() {
      gateway.drop(1001);
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
