/** Who one is, who others are, and where a socket may connect. */
import type { Method } from "./method.ts";
import { Refusal } from "./refusal.ts";
import { APP_ID, type Person } from "./world.ts";

export const PEOPLE_METHODS: Readonly<Record<string, Method>> = {
  "auth.test": {
    scopes: [],
    tier: "free",
    answer: ({ team }) => ({
      url: `https://${team.name}.slack.com/`,
      team: team.name,
      user: "rora",
      team_id: team.id,
      user_id: team.botUser,
      bot_id: team.botId,
      enterprise_id: null,
      is_enterprise_install: false,
    }),
  },
  "auth.revoke": {
    scopes: [],
    tier: 3,
    answer({ team }) {
      team.installed = false;
      return { revoked: true };
    },
  },
  "bots.info": {
    scopes: ["users:read"],
    tier: 3,
    answer: ({ team }) => ({
      bot: { id: team.botId, deleted: false, name: "rora", app_id: APP_ID, user_id: team.botUser },
    }),
  },
  "team.info": {
    scopes: ["team:read"],
    tier: 3,
    answer: ({ team }) => ({ team: { id: team.id, name: team.name, domain: team.name } }),
  },
  "users.info": {
    scopes: ["users:read"],
    tier: 4,
    answer({ values }, { world }) {
      // People of other workspaces are known through shared channels.
      const person = world.people.get(values.needed("user", "user_not_found"));
      if (person === undefined) throw new Refusal("user_not_found");
      return { user: apiPerson(person, values.yes("include_locale")) };
    },
  },
};

function apiPerson({ id, team, name, admin, locale, bot }: Person, withLocale: boolean): object {
  return {
    id,
    team_id: team,
    name,
    deleted: false,
    real_name: name,
    tz: "Europe/Amsterdam",
    tz_offset: 3600,
    profile: { display_name: name, real_name: name, team },
    is_admin: admin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: bot,
    is_app_user: false,
    ...(withLocale ? { locale } : {}),
  };
}
