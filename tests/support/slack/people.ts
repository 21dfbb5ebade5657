/** What people do in the loopback Slack: write, react, open the app's home, take it off their workspace. */
import type { Delivery } from "./delivery.ts";
import type { Events } from "./events.ts";
import type { Files, Upload } from "./files.ts";
import { createInteractions } from "./interactions.ts";
import { apiMessage, newMessage, textOf } from "./message-parts.ts";
import { adminOf } from "./places.ts";
import type { ResponseUrls } from "./response-urls.ts";
import { keyOf, type Person, type StoredChannel, type StoredMessage, type World } from "./world.ts";

export interface SaidOptions {
  readonly files?: readonly Upload[];
  /** The message whose thread it goes into. */
  readonly thread?: StoredMessage;
  readonly author?: Person;
}

/** What acting needs. */
export interface Stage {
  readonly world: World;
  readonly events: Events;
  readonly delivery: Delivery;
  readonly files: Files;
  readonly faults: string[];
  readonly responseUrls: ResponseUrls;
}

/** The admin of the workspace does it unless somebody else is named. */
export function createPeople(stage: Stage) {
  const { world, events, files } = stage;
  /** Posts a message; `<@U…>` in it mentions somebody. */
  function say(channelId: string, text: string, options: SaidOptions = {}): StoredMessage {
    const channel = world.channels.get(channelId)!;
    const { files: uploads = [], thread, author = adminOf(world, channel.team) } = options;
    const team = world.teams.get(channel.team)!;
    const message = newMessage(world, {
      channel: channelId,
      team: channel.team,
      user: author.id,
      botId: author.id === team.botUser ? team.botId : author.bot ? world.id("B") : null,
      text,
      blocks: text === "" ? [] : [asTyped(text)],
      files: uploads.map((upload) => files.keep(team, author.id, upload, channelId)),
      threadTs: thread === undefined ? null : (thread.threadTs ?? thread.ts),
    });
    void announce(message);
    return message;
  }

  /** Sends the events of a message; once more, when they come twice. */
  async function announce(message: StoredMessage): Promise<void> {
    const channel = world.channels.get(message.channel)!;
    const { botUser } = world.teams.get(message.team)!;
    const mentioned = message.text.includes(`<@${botUser}>`) && channel.kind !== "im";
    if (!channel.member && channel.kind !== "im") return;
    await Promise.all([events.message(message), mentioned ? events.mention(message) : null]);
  }

  /** Writes a mention of the bot. */
  const mention = (channelId: string, text: string, options: SaidOptions = {}) =>
    say(channelId, `<@${world.teams.get(world.channels.get(channelId)!.team)!.botUser}> ${text}`, options);

  function edit(message: StoredMessage, text: string): void {
    const before = apiMessage(message);
    message.history.push(textOf(message));
    Object.assign(message, { text, edited: true, blocks: [asTyped(text)] });
    void events.changed(message, before);
  }

  function remove(message: StoredMessage): void {
    world.messages.delete(keyOf(message));
    void events.deleted(message);
  }

  function react(
    change: "added" | "removed",
    message: StoredMessage,
    name: string,
    person = adminOf(world, message.team),
  ): void {
    const reaction = `${name} ${person.id}`;
    if (change === "added") message.reactions.add(reaction);
    else message.reactions.delete(reaction);
    void events.emit(world.teams.get(message.team)!, `reaction_${change}`, {
      type: `reaction_${change}`,
      user: person.id,
      reaction: name,
      item_user: message.user,
      item: { type: "message", channel: message.channel, ts: message.ts },
      event_ts: world.ts(),
    });
  }

  /** Opens the app's own place: its home, or the messages with it, which is the agent view. */
  function openHome(tab: "home" | "messages", person = adminOf(world)): StoredChannel {
    const channel = directChannel(person);
    void events.emit(world.teams.get(person.team)!, "app_home_opened", {
      type: "app_home_opened",
      user: person.id,
      channel: channel.id,
      tab,
      event_ts: world.ts(),
    });
    return channel;
  }

  /** The conversation of a person with the bot alone. */
  function directChannel(person = adminOf(world)): StoredChannel {
    const known = [...world.channels.values()].find((channel) => channel.person?.id === person.id);
    const made = { id: world.id("D"), team: person.team, name: "directmessage", kind: "im" as const, person };
    const channel = known ?? { ...made, member: true, archived: false };
    world.channels.set(channel.id, channel);
    return channel;
  }

  /** An admin takes the app off the workspace: its token is worth nothing from then on. */
  function uninstall(teamId: string): void {
    const team = world.teams.get(teamId)!;
    team.installed = false;
    const tokens = { oauth: [], bot: [team.botUser] };
    void events.emit(team, "tokens_revoked", { type: "tokens_revoked", tokens, event_ts: world.ts() });
    void events.emit(team, "app_uninstalled", { type: "app_uninstalled", event_ts: world.ts() });
  }

  return {
    say,
    mention,
    announce,
    edit,
    remove,
    react,
    openHome,
    directChannel,
    uninstall,
    ...createInteractions(stage),
  };
}

/** What a person types comes as formatted text as well. */
function asTyped(text: string) {
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] };
}
