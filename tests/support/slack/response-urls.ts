/** Addresses that come with what people do, to answer it at: five times in half an hour. */
import { randomUUID } from "node:crypto";
import type { SentBlock } from "./blocks.ts";
import { apiMessage, checkBlocks, newMessage, textOf } from "./message-parts.ts";
import type { Inside, Values } from "./method.ts";
import { Refusal } from "./refusal.ts";
import { keyOf, type Person, type StoredMessage } from "./world.ts";

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const MOST_USES = 5;
const LIFE = 30 * 60_000;

export interface ResponseUrls {
  /** An address to answer what a person did in a conversation, to a message there if it was to one. */
  make(channel: string, person: Person, source: StoredMessage | null): string;
  answer(path: string, values: Values): object;
}

export function createResponseUrls(inside: Inside, origin: () => string): ResponseUrls {
  const { world } = inside;
  const known = new Map<
    string,
    { channel: string; person: Person; source: StoredMessage | null; bornAt: number; uses: number }
  >();
  return {
    make(channel, person, source) {
      const path = `/response/${person.team}/${randomUUID()}`;
      known.set(path, { channel, person, source, bornAt: Date.now(), uses: 0 });
      return `${origin()}${path}`;
    },
    answer(path, values) {
      const url = known.get(path);
      if (url === undefined || Date.now() - url.bornAt > LIFE) throw new Refusal("expired_url");
      if (++url.uses > MOST_USES) throw new Refusal("used_url");
      const { source, person, channel } = url;
      if (values.yes("delete_original") && source !== null) {
        world.messages.delete(keyOf(source));
        return {};
      }
      const text = values.text("text");
      const blocks = values.json<readonly SentBlock[]>("blocks") ?? [];
      if (text === "" && blocks.length === 0) throw new Refusal("no_text");
      checkBlocks(blocks, world, person.team);
      if (blocks.length > 0 && text === "")
        inside.faults.push("response_url: blocks without a text for notifications");
      if (values.yes("replace_original") && source !== null) {
        source.history.push(textOf(source));
        Object.assign(source, { text, blocks, edited: true });
        if (source.onlyFor === null) inside.echo(source, "changed");
        return {};
      }
      const team = world.teams.get(person.team)!;
      const everybody = values.text("response_type") === "in_channel";
      const thread = values.has("thread_ts") ? values.text("thread_ts") : (source?.threadTs ?? null);
      const message = newMessage(world, {
        channel,
        team: team.id,
        user: team.botUser,
        botId: team.botId,
        text,
        blocks,
        threadTs: thread,
        onlyFor: everybody ? null : person.id,
      });
      if (everybody) inside.echo(message, "new");
      return apiMessage(message);
    },
  };
}
