import { APIError, type OpenAI } from "openai";
import { some, toFault, wrongAddress } from "./faults.ts";

/** Milliseconds after which a server that does not list its models counts as away. */
const PATIENCE = 5_000;
/** Milliseconds for which a finding is given again: probes come often, and hosted servers count requests. */
const REMEMBERED = 10_000;
/** Where addresses of this API end; without it, "not found" speaks of the address rather than of the list. */
const VERSION = /\/v\d/;

/** Names of the models a server offers; null where it lists none, as a gateway may. Throws RoraError when there is no such API. */
export async function offeredModels(client: OpenAI): Promise<readonly string[] | null> {
  try {
    const { data, response } = await client.models.list({ timeout: PATIENCE }).withResponse();
    if (isPage(response.headers)) throw wrongAddress();
    return Array.isArray(data.data) ? data.data.map(({ id }) => id) : null;
  } catch (error) {
    if (!(error instanceof APIError) || error.status !== 404) throw error;
    if (isPage(error.headers) || !VERSION.test(client.baseURL)) throw wrongAddress();
    return null;
  }
}

function isPage(headers: Headers | undefined): boolean {
  return headers?.get("content-type")?.includes("text/html") ?? false;
}

/** What a server that answers says of its models. */
export interface ServerState {
  /** False where it lists others: some servers take any name, or list what they have cached. */
  readonly listed: boolean;
  readonly detail: string;
}

export interface ModelCheckOptions {
  readonly client: OpenAI;
  readonly model: string;
  readonly secret: string | undefined;
  readonly now?: () => number;
}

/** Looks whether the server answers and lists the model, at most every ten seconds. Throws RoraError that says what to do. */
export function createModelCheck(options: ModelCheckOptions): () => Promise<ServerState> {
  const { client, model, secret, now = () => performance.now() } = options;
  let last: { readonly at: number; readonly finding: Promise<ServerState> } | null = null;

  async function look(): Promise<ServerState> {
    const offered = await offeredModels(client).catch((error: unknown) => {
      throw toFault(error, secret);
    });
    if (offered === null) return { listed: false, detail: `${model}, at a server that lists no models` };
    if (has(offered, model)) return { listed: true, detail: model };
    return { listed: false, detail: `${model}, which the server does not list; it lists ${some(offered)}` };
  }
  return () => {
    if (last === null || now() - last.at > REMEMBERED) last = { at: now(), finding: look() };
    return last.finding;
  };
}

/** Ollama lists `llava` as `llava:latest`. */
function has(offered: readonly string[], model: string): boolean {
  return offered.includes(model) || offered.includes(`${model}:latest`);
}
