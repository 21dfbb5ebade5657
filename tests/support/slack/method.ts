/** A method of the Web API. */
import type { Files } from "./files.ts";
import { Refusal } from "./refusal.ts";
import type { StoredChannel, StoredMessage, StoredTeam, World } from "./world.ts";

/** Everything a method may touch. */
export interface Inside {
  readonly world: World;
  readonly files: Files;
  /** What Slack would have let pass, and a good bot does not do. */
  readonly faults: string[];
  /** Statuses and prompts shown, oldest first. */
  readonly shown: Shown[];
  /** Where a socket may connect, once. */
  readonly socketUrl: () => string;
  /** Tells the app of a message of its own. */
  readonly echo: (message: StoredMessage, change: "new" | "changed" | "deleted") => void;
}

export interface Shown {
  readonly kind: "status" | "prompts" | "title";
  readonly channel: string;
  readonly threadTs: string | null;
  readonly text: string;
  readonly more: readonly string[];
}

/** A call whose token was checked. */
export interface Call {
  readonly name: string;
  readonly team: StoredTeam;
  readonly values: Values;
}

export interface Method {
  /** One of them is enough; none: any token will do. */
  readonly scopes: readonly string[];
  /** https://docs.slack.dev/apis/web-api/rate-limits: calls a minute and workspace; `posting` is a second and channel. */
  readonly tier: 1 | 2 | 3 | 4 | "posting" | "history" | "free";
  readonly answer: (call: Call, inside: Inside) => object;
}

/** What was sent along, strings of JSON already read. */
export class Values {
  readonly #given: Readonly<Record<string, unknown>>;

  constructor(given: Readonly<Record<string, unknown>>) {
    this.#given = given;
  }

  has(name: string): boolean {
    const value = this.#given[name];
    return value !== undefined && value !== null && value !== "";
  }

  text(name: string): string {
    const value = this.#given[name];
    return value === undefined || value === null ? "" : String(value);
  }

  /** Refused as Slack refuses a call without it. */
  needed(name: string, error = "invalid_arguments"): string {
    if (this.has(name)) return this.text(name);
    throw new Refusal(error, {
      response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
    });
  }

  yes(name: string): boolean {
    return ["true", "1"].includes(this.text(name));
  }

  json<Kind>(name: string): Kind | undefined {
    const value = this.#given[name];
    return value === "" || value === null ? undefined : (value as Kind | undefined);
  }
}

/** A conversation of the caller's workspace. */
export function channelOf({ team, values }: Call, { world }: Inside, name = "channel"): StoredChannel {
  const id = values.needed(name, "channel_not_found");
  // A person's id stands for the direct conversation with them.
  const channel =
    world.channels.get(id) ?? [...world.channels.values()].find(({ person }) => person?.id === id);
  if (channel === undefined || channel.team !== team.id) throw new Refusal("channel_not_found");
  return channel;
}

/** A message of the caller's workspace that everybody in its conversation sees. */
export function messageOf(call: Call, inside: Inside, name = "ts"): StoredMessage {
  const channel = channelOf(call, inside);
  const message = inside.world.messages.get(`${channel.id} ${call.values.needed(name, "message_not_found")}`);
  if (message === undefined || message.onlyFor !== null) throw new Refusal("message_not_found");
  return message;
}
