/** Workspaces, the people in them, and their conversations. */
import type { Person, StoredChannel, StoredTeam, World } from "./world.ts";

/** What the app's manifest asks for. */
const SCOPES = [
  ..."app_mentions:read assistant:write channels:history channels:read chat:write commands files:read".split(
    " ",
  ),
  ..."files:write groups:history groups:read im:history im:read im:write mpim:history mpim:read".split(" "),
  ..."reactions:read reactions:write users:read".split(" "),
];

export function createPlaces(world: World) {
  /** A workspace that has installed the app, with an admin and a channel that the bot was invited to. */
  function addTeam({ name = "acme", scopes = SCOPES as readonly string[] } = {}) {
    const token = `xoxb-${world.id("")}-loopback`;
    const team: StoredTeam = {
      id: world.id("T"),
      name,
      enterprise: null,
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
