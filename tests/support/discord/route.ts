/** A route of the REST interface. */
import type { Keep, Sending } from "./messages.ts";
import type { World } from "./world.ts";

export interface RestContext {
  readonly world: World;
  readonly keep: Keep;
  readonly gatewayUrl: () => string;
  readonly shards: number;
  readonly onThread: (channelId: string) => void;
}

export interface RestRequest extends Sending {
  readonly method: string;
  /** Without `/api/v10`. */
  readonly path: string;
  readonly query: URLSearchParams;
}

export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  /** Undefined: 204. */
  readonly answer: (
    parts: readonly string[],
    request: RestRequest,
    context: RestContext,
  ) => object | undefined;
}
