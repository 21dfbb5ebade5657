/** What Slack sends an app, by whichever way. */

export interface Parcel {
  readonly kind: "events_api" | "interactive" | "slash_commands";
  readonly payload: object;
}

export interface Delivery {
  /** What the app acknowledged it with; null when it never did. */
  send(parcel: Parcel): Promise<object | null>;
}

/** For faults. */
export function describe({ kind, payload }: Parcel): string {
  const { event, type, command } = payload as { event?: { type: string }; type?: string; command?: string };
  return `${kind} ${event?.type ?? command ?? type}`;
}
