/** Where Slack is; tests point it at their own machine. */
import { SLACK_HOSTS, type SlackHosts } from "../options.ts";

export interface SlackEndpoints {
  /** Base address of the Web API, with a slash at its end. */
  readonly api: string;
  /** The page on which people allow the installation. */
  readonly authorize: string;
  /** Where files lie. */
  readonly hosts: SlackHosts;
}

export const SLACK: SlackEndpoints = {
  api: "https://slack.com/api/",
  authorize: "https://slack.com/oauth/v2/authorize",
  hosts: SLACK_HOSTS,
};
