/** What Slack tells of the people who ask: their language, and whether they administer the workspace. */
import { LRUCache } from "lru-cache";
import type { Logger } from "../../src/log.ts";
import type { HastyClients } from "./hasty.ts";
import { type Client, loggable } from "./slack.ts";
import type { Workspace } from "./workspace.ts";

/** People remembered, and for how many milliseconds. */
const REMEMBERED = 5_000;
const AGE = 60 * 60_000;

export interface People {
  /** Null where Slack does not tell. */
  localeOf(user: string, workspace: Workspace): Promise<string | null>;
  /** Asked anew every time: a right that was taken away is gone. */
  isAdmin(user: string, workspace: Workspace): Promise<boolean>;
}

export function createPeople(log: Logger, hasty: HastyClients): People {
  const locales = new LRUCache<string, { readonly locale: string | null }>({ max: REMEMBERED, ttl: AGE });

  async function look(user: string, { tenant }: Workspace, client: Client) {
    const { user: person } = await client.users.info({ user, include_locale: true });
    locales.set(`${tenant} ${user}`, { locale: person?.locale ?? null });
    return person;
  }
  return {
    async localeOf(user, workspace) {
      const known = locales.get(`${workspace.tenant} ${user}`);
      if (known !== undefined) return known.locale;
      try {
        // An answer in another language is better than one that waits for this.
        return (await look(user, workspace, hasty(workspace)))?.locale ?? null;
      } catch (error) {
        log.warn({ err: loggable(error) }, "a person's language could not be read");
        return null;
      }
    },
    async isAdmin(user, workspace) {
      try {
        return (await look(user, workspace, workspace.client))?.is_admin === true;
      } catch (error) {
        log.warn({ err: loggable(error) }, "it could not be read whether a person is an administrator");
        return false;
      }
    },
  };
}
