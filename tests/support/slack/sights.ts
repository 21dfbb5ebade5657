/** What people see of the bot, for tests to look at. */
import { textOf } from "./message-parts.ts";
import type { Shown } from "./method.ts";
import { adminOf } from "./places.ts";
import { modalsOf } from "./view-methods.ts";
import type { StoredFile, StoredMessage, World } from "./world.ts";

export function createSights(world: World, shown: readonly Shown[]) {
  /** What the bot has said in a conversation, or in one thread there, to all or to one person; oldest first. */
  const answersIn = (channel: string, thread?: StoredMessage): StoredMessage[] =>
    [...world.messages.values()].filter(
      (message) =>
        message.channel === channel &&
        message.user === world.teams.get(message.team)!.botUser &&
        (thread === undefined || message.threadTs === thread.ts),
    );
  return {
    answersIn,
    /** Their words, as people read them. */
    textsIn: (channel: string, thread?: StoredMessage) => answersIn(channel, thread).map(textOf),
    /** What one person alone was told there. */
    whispersTo: (person = adminOf(world)) =>
      [...world.messages.values()].filter(({ onlyFor }) => onlyFor === person.id),
    /** Files that the bot has uploaded. */
    uploads: (): StoredFile[] =>
      [...world.files.values()].filter(({ user, team }) => user === world.teams.get(team)!.botUser),
    /** What a person has open, the topmost last. */
    modalsOf: (person = adminOf(world)) => modalsOf(world, person.id),
    homeOf: (person = adminOf(world)) => world.homes.get(`${person.team} ${person.id}`),
    /** Words of the statuses shown in a thread, oldest first; the empty one takes it away. */
    statusesIn: (thread: StoredMessage) =>
      shown
        .filter(
          ({ kind, channel, threadTs }) =>
            kind === "status" && channel === thread.channel && threadTs === thread.ts,
        )
        .map(({ text }) => text),
  };
}
