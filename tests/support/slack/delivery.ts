/** What Slack sends an app, by whichever way. */

export type Kind = "events_api" | "interactive" | "slash_commands";

export interface Parcel {
  readonly kind: Kind;
  readonly payload: object;
}

export interface Delivery {
  /** What the app acknowledged it with; null when it never did. */
  send(parcel: Parcel): Promise<object | null>;
}
