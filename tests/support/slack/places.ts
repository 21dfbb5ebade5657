/** Workspaces, the people in them, and their conversations. */
import type { Person, StoredChannel, StoredTeam, World } from "./world.ts";

/** Every scope that a method or event here asks for. */
export const EVERY_SCOPE: readonly string[] = [
  ...["app_mentions:read", "assistant:write", "chat:write", "commands", "users:read"],
  ...["files:read", "files:write", "reactions:read", "reactions:write"],
  ...["channels", "groups", "im", "mpim"].flatMap((kind) => [`${kind}:history`, `${kind}:read`]),
  "im:write",
];

export function createPlaces(world: World, granted: readonly string[]) {
  /** A workspace that has installed the app, with an admin and a channel that the bot was invited to. */
  function addTeam({ name = "acme", scopes = granted } = {}) {
    const token = `xoxb-${world.id("")}-loopback`;
    const team: StoredTeam = {
      id: world.id("T"),
      name,
      token,
      botUser: world.id("U"),
      botId: world.id("B"),
      scopes: new Set(scopes),
      installed: true,
    };
    world.teams.set(team.id, team);
    const admin = addPerson(team.id, { name: "alice", admin: true });
    return { team, admin, channel: addChannel(team.id).id };
  }

  function addPerson(team: string, more: Partial<Person> = {}): Person {
    const person = {
      id: world.id("U"),
      team,
      name: "bob",
      admin: false,
      locale: "en-US",
      bot: false,
      ...more,
    };
    world.people.set(person.id, person);
    return person;
  }

  function addChannel(team: string, more: Partial<StoredChannel> = {}): StoredChannel {
    const kind = { kind: "channel" as const, person: null, member: true, archived: false };
    const channel = { id: world.id("C"), team, name: "general", ...kind, ...more };
    world.channels.set(channel.id, channel);
    return channel;
  }

  return { addTeam, addPerson, addChannel };
}

/** The admin of a workspace; of the first one unless told. */
export function adminOf({ people }: World, team?: string): Person {
  return [...people.values()].find((person) => person.admin && (team === undefined || person.team === team))!;
}
