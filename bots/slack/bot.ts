/** What every handler shares. */
import type { HourlyLimit } from "../chat/hourly-limit.ts";
import type { SettingsCache } from "../chat/settings-cache.ts";
import type { Showing, Turn } from "../chat/turn.ts";
import type { HastyClients } from "./hasty.ts";
import type { SlackOptions } from "./options.ts";
import type { People } from "./people.ts";
import type { StreamAllowance } from "./stream-allowance.ts";
import type { Texts } from "./texts/english.ts";
import type { Uploads } from "./uploads.ts";
import type { Workspace } from "./workspace.ts";

export interface Bot {
  readonly options: SlackOptions;
  readonly settings: SettingsCache;
  readonly hourly: HourlyLimit;
  readonly people: People;
  readonly uploads: Uploads;
  readonly streams: StreamAllowance;
  readonly hasty: HastyClients;
  /** Takes a question; it runs on its own, and stopping waits for it. */
  run(turn: Turn<Texts>, showing: Showing, workspace: Workspace): void;
}
