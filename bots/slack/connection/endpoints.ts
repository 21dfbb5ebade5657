/** Where Slack is; tests point it at their own machine. */
export interface SlackEndpoints {
  /** Base address of the Web API. */
  readonly api: string;
  /** The page on which people allow the installation. */
  readonly authorize: string;
}

export const SLACK: SlackEndpoints = {
  api: "https://slack.com/api/",
  authorize: "https://slack.com/oauth/v2/authorize",
};
