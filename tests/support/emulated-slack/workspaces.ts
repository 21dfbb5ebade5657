/**
 * Several workspaces of `emulate`'s Slack behind one address, as Slack has them. Each emulator has one workspace, which it calls
 * T000000001; in front of it, it gets an id of its own, and requests go to the emulator whose token or code they bring.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createEmulator, type Emulator } from "emulate";

const EMULATED_ID = "T000000001";
export const CLIENT = { clientId: "111.222", clientSecret: "the-secret-of-the-client" };

export interface Workspace {
  readonly id: string;
  readonly name: string;
}

export interface EmulatedSlack {
  /** For `SlackEndpoints`. */
  readonly endpoints: { readonly api: string; readonly authorize: string };
  readonly workspaces: readonly Workspace[];
  /** Where people allow it in one workspace: Slack would ask them which. */
  authorizeUrl(workspace: Workspace): string;
  /** The token that an installation in a workspace was given, latest last. */
  tokensOf(workspace: Workspace): readonly string[];
  close(): Promise<void>;
}

interface Behind extends Workspace {
  readonly emulator: Emulator;
  readonly tokens: string[];
  readonly codes: Set<string>;
}

/** `tokens` are those that exist from the start, all of the first workspace. */
export async function openEmulatedSlack(
  names: readonly string[],
  { tokens = [], scopes = [] }: { tokens?: readonly string[]; scopes?: readonly string[] } = {},
): Promise<EmulatedSlack> {
  const behind = await Promise.all(
    names.map(async (name, number): Promise<Behind> => {
      const own = number === 0 ? tokens : [];
      const slack = {
        team: { name, domain: name.toLowerCase() },
        users: [{ name: `${name.toLowerCase()}-admin`, is_admin: true }],
        oauth_apps: [{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, name: "Rora" }],
        tokens: own.map((token) => ({ token, type: "bot", scopes })),
        strict_scopes: true,
      };
      const emulator = await createEmulator({ service: "slack", port: 0, seed: { slack } });
      return { id: `T0000000${"ABCDEF"[number]}`, name, emulator, tokens: [...own], codes: new Set() };
    }),
  );
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const target = targetOf(behind, request, body);
    const answer = await fetch(new URL(withIds(request.url!, target.id, EMULATED_ID), target.emulator.url), {
      method: request.method!,
      headers: headersOf(request),
      redirect: "manual",
      ...(body.length === 0 ? {} : { body: withIds(body, target.id, EMULATED_ID) }),
    });
    const text = withIds(await answer.text(), EMULATED_ID, target.id);
    const location = answer.headers.get("location");
    const code = location === null ? null : new URL(location).searchParams.get("code");
    if (code !== null) target.codes.add(code);
    if (request.url === "/api/oauth.v2.access") {
      const { access_token: token } = JSON.parse(text) as { access_token?: string };
      if (token !== undefined) target.tokens.push(token);
    }
    const type = answer.headers.get("content-type") ?? "text/plain";
    response.writeHead(answer.status, { "content-type": type, ...(location === null ? {} : { location }) });
    response.end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoints: { api: `${url}/api/`, authorize: `${url}/oauth/v2/authorize` },
    workspaces: behind,
    authorizeUrl: ({ id }) => `${url}/${id}/oauth/v2/authorize`,
    tokensOf: ({ id }) => behind.find((one) => one.id === id)!.tokens,
    async close() {
      server.close();
      server.closeAllConnections();
      for (const { emulator } of behind) await emulator.close();
    },
  };
}

/** By the workspace in the address, by the code, or by the token; the first one answers strangers. */
function targetOf(behind: readonly Behind[], request: IncomingMessage, body: string): Behind {
  const [, first = ""] = request.url!.split("/");
  const named = behind.find(({ id }) => id === first);
  if (named !== undefined) {
    request.url = request.url!.slice(first.length + 1);
    return named;
  }
  const code = new URLSearchParams(body).get("code");
  const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
  return (
    behind.find(({ codes, tokens }) => (code !== null && codes.has(code)) || tokens.includes(token)) ??
    behind[0]!
  );
}

function withIds(text: string, from: string, to: string): string {
  return text.replaceAll(from, to);
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const { authorization, "content-type": type } = request.headers;
  return {
    ...(authorization === undefined ? {} : { authorization }),
    ...(type === undefined ? {} : { "content-type": type }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
