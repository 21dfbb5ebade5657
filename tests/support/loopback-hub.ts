/** A Hugging Face hub on 127.0.0.1: the endpoints that its libraries use, and the troubles that real ones have. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { gitHash, isLarge, type LoopbackModel, sha256, treeEntry } from "./loopback-model.ts";

export type Trouble =
  | { readonly kind: "status"; readonly status: number }
  /** A page in place of everything, as networks with a login show. */
  | { readonly kind: "page" }
  /** The connection ends after so many bytes of content. */
  | { readonly kind: "cut"; readonly afterBytes: number }
  /** Other content than announced, with a length that is its own. */
  | { readonly kind: "lie"; readonly content: Buffer }
  | { readonly kind: "no-ranges" }
  /** Waits before each of the content's pieces. */
  | { readonly kind: "slow"; readonly pieceBytes: number; readonly milliseconds: number };

export interface LoopbackRequest {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  /** Name of the host that was asked: `127.0.0.1` is the hub, `localhost` where its large files lie. */
  readonly host: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
}

export interface LoopbackHub {
  readonly endpoint: string;
  /** `owner/name` → model. */
  readonly models: Record<string, LoopbackModel>;
  /** All that was asked so far; may be emptied. */
  readonly requests: LoopbackRequest[];
  /** What goes wrong with a request, if anything. */
  trouble: (request: LoopbackRequest) => Trouble | undefined;
  close(): Promise<void>;
}

export async function startLoopbackHub(models: Record<string, LoopbackModel>): Promise<LoopbackHub> {
  const requests: LoopbackRequest[] = [];
  const server = createServer((request, response) => {
    const asked = readRequest(request);
    requests.push(asked);
    answer(hub, asked, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const hub: LoopbackHub = {
    endpoint: `http://127.0.0.1:${port}`,
    models,
    requests,
    trouble: () => undefined,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return hub;
}

function readRequest({ method = "", url = "", headers }: IncomingMessage): LoopbackRequest {
  return {
    method,
    path: decodeURIComponent(new URL(url, "http://hub").pathname),
    host: headers.host!.split(":")[0]!,
    range: headers.range,
    authorization: headers.authorization,
  };
}

async function answer(hub: LoopbackHub, request: LoopbackRequest, response: ServerResponse): Promise<void> {
  const trouble = hub.trouble(request);
  if (trouble?.kind === "status") return refuse(response, trouble.status, "Trouble");
  if (trouble?.kind === "page") {
    response.setHeader("content-type", "text/html").end("<!doctype html><title>Log in</title>");
    return;
  }
  if (request.path.startsWith("/large/")) {
    const content = largeFile(hub, request.path.slice("/large/".length));
    return content === undefined
      ? refuse(response, 404, "EntryNotFound")
      : sendContent(request, response, content, trouble);
  }
  const [, api, name, rest = ""] = /^(\/api\/models)?\/([^/]+\/[^/]+)\/(.*)$/.exec(request.path) ?? [];
  const model = name === undefined ? undefined : hub.models[name];
  // The real one, too, does not tell strangers whether a model exists.
  if (model === undefined)
    return request.authorization === undefined
      ? refuse(response, 401, "RepoNotFound")
      : refuse(response, 404, "RepoNotFound");
  if (model.token !== undefined && request.authorization !== `Bearer ${model.token}`)
    return refuse(response, request.authorization === undefined ? 401 : 403, "GatedRepo");
  if (api !== undefined) return answerApi(model, name!, rest, response);
  await answerFile(hub, model, request, rest, response, trouble);
}

function answerApi(model: LoopbackModel, name: string, rest: string, response: ServerResponse) {
  const [, what, revision = ""] = /^(revision|tree)\/(.*)$/.exec(rest) ?? [];
  const commit = commitOf(model, revision);
  if (commit === undefined) return refuse(response, 404, "RevisionNotFound");
  const information = { _id: "1", id: name, sha: commit, cardData: model.card, lastModified: new Date(0) };
  const tree = [
    { type: "directory", path: "onnx", size: 0, oid: "0".repeat(40) },
    ...Object.entries(model.commits[commit]!).map(([path, content]) => treeEntry(path, content)),
  ];
  response
    .setHeader("content-type", "application/json")
    .end(JSON.stringify(what === "tree" ? tree : information));
}

async function answerFile(
  hub: LoopbackHub,
  model: LoopbackModel,
  request: LoopbackRequest,
  rest: string,
  response: ServerResponse,
  trouble: Trouble | undefined,
): Promise<void> {
  const [, revision = "", path = ""] = /^resolve\/([^/]+)\/(.*)$/.exec(rest) ?? [];
  const commit = commitOf(model, revision);
  const content = commit === undefined ? undefined : model.commits[commit]![path];
  if (content === undefined) return refuse(response, 404, "EntryNotFound");
  response.setHeader("x-repo-commit", commit!);
  if (!isLarge(path)) {
    response.setHeader("etag", `"${gitHash(content)}"`);
    return sendContent(request, response, content, trouble);
  }
  const hash = sha256(content);
  response.writeHead(302, {
    "x-linked-etag": `"${hash}"`,
    "x-linked-size": content.length,
    location: `${hub.endpoint.replace("127.0.0.1", "localhost")}/large/${hash}`,
  });
  response.end();
}

async function sendContent(
  { method, range }: LoopbackRequest,
  response: ServerResponse,
  file: Buffer,
  trouble: Trouble | undefined,
): Promise<void> {
  const whole = trouble?.kind === "lie" ? trouble.content : file;
  const start = trouble?.kind === "no-ranges" ? 0 : Number(/^bytes=(\d+)-/.exec(range ?? "")?.[1] ?? 0);
  if (start > 0 && start >= whole.length) return refuse(response, 416, "RangeNotSatisfiable");
  const content = whole.subarray(start);
  response.setHeader("content-length", content.length);
  if (trouble?.kind !== "no-ranges") response.setHeader("accept-ranges", "bytes");
  if (start > 0) {
    response.setHeader("content-range", `bytes ${start}-${whole.length - 1}/${whole.length}`);
    response.statusCode = 206;
  }
  if (method === "HEAD") return void response.end();
  if (trouble?.kind === "cut") {
    // What was written must have left before the connection is cut.
    response.write(content.subarray(0, trouble.afterBytes), () => setTimeout(() => response.destroy(), 20));
    response.flushHeaders();
    return;
  }
  if (trouble?.kind === "slow") {
    for (let at = 0; at < content.length && !response.destroyed; at += trouble.pieceBytes) {
      await sleep(trouble.milliseconds);
      response.write(content.subarray(at, at + trouble.pieceBytes));
    }
    response.end();
    return;
  }
  response.end(content);
}

function commitOf(model: LoopbackModel, revision: string): string | undefined {
  return revision in model.commits ? revision : model.revisions[revision];
}

function largeFile(hub: LoopbackHub, hash: string): Buffer | undefined {
  return Object.values(hub.models)
    .flatMap(({ commits }) => Object.values(commits))
    .flatMap((files) => Object.values(files))
    .find((content) => sha256(content) === hash);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "content-type": "application/json", "x-error-code": code });
  response.end(JSON.stringify({ error: code }));
}
