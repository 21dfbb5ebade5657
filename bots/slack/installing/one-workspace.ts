/** The app in one workspace, by the token that is set. */
import type { Authorize, AuthorizeResult, webApi } from "@slack/bolt";

/**
 * Asks Slack once who the token is, and again only while that fails. Every event counts as that workspace's, also one from a
 * channel that it shares with another company.
 */
export function oneWorkspace(client: webApi.WebClient) {
  let known: Promise<AuthorizeResult> | undefined;

  async function ask(): Promise<AuthorizeResult> {
    const { team_id, enterprise_id, user_id, bot_id } = await client.auth.test();
    return {
      ...(client.token === undefined ? {} : { botToken: client.token }),
      ...(team_id === undefined ? {} : { teamId: team_id }),
      ...(enterprise_id === undefined ? {} : { enterpriseId: enterprise_id }),
      ...(user_id === undefined ? {} : { botUserId: user_id }),
      ...(bot_id === undefined ? {} : { botId: bot_id }),
    };
  }

  const authorize: Authorize<boolean> = () => {
    known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    authorize,
    whoAmI: () => authorize({ isEnterpriseInstall: false, enterpriseId: undefined, teamId: "" }),
  };
}
