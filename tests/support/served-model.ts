/**
 * A server on loopback that speaks the chat completions API as vLLM and others do: it refuses what a strict one would, copies its answer
 * out of the evidence it is sent, streams it, and misbehaves when told to.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { type ChatRequest, copiedAnswer, readChatRequest } from "./chat-request.ts";

/** What one request meets; requests beyond the last one given meet that again. */
export type Mode =
  | "normal"
  | "thinks"
  | "thinks-only"
  | "ignores-schema"
  | "stalls-first"
  | "stalls-middle"
  | "drops-first"
  | "drops-middle"
  | "cut-clean"
  | "malformed"
  | "html"
  | "error-in-stream"
  | {
      readonly status: number;
      readonly message: string;
      readonly code?: string;
      readonly retryAfter?: string;
    };

export interface ServedModelFacts {
  readonly model?: string;
  readonly key?: string;
  /** A free one by default. */
  readonly port?: number;
  /** Parameters refused with a 400 that names them. */
  readonly refuses?: readonly string[];
  readonly logprobs?: boolean;
  /** Where refusals give their reason: OpenAI's way by default, SGLang's, FastAPI's. */
  readonly reasonIn?: "error" | "message" | "detail";
  readonly longestSide?: number;
  readonly modes?: readonly Mode[];
  /** What GET /models answers; a list by default. */
  readonly models?: "list" | "html" | "missing";
}

export interface ServedModelServer {
  readonly url: string;
  /** Requests that were taken, and how many arrived at all. */
  readonly requests: ChatRequest[];
  readonly arrived: () => number;
  /** Resolves when a client has gone away before its answer was complete. */
  readonly abandoned: Promise<void>;
  close(): Promise<void>;
}

/** Natural log of the probability of every token it writes. */
export const LOG_PROBABILITY = Math.log(0.5);

export async function serveModel(facts: ServedModelFacts = {}): Promise<ServedModelServer> {
  const { model = "tiny-vlm", modes = ["normal"] } = facts;
  const requests: ChatRequest[] = [];
  let arrived = 0;
  let left = () => {};
  const abandoned = new Promise<void>((resolve) => {
    left = resolve;
  });

  const server = createServer((request, response) => {
    response.on("close", () => response.writableFinished || left());
    handle(request, response).catch((error: unknown) => refuse(response, 400, String(error)));
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (facts.key !== undefined && request.headers.authorization !== `Bearer ${facts.key}`)
      return refuse(response, 401, `Incorrect API key provided: ${request.headers.authorization}`);
    if (request.url === "/v1/models") return listModels(response);
    if (request.url !== "/v1/chat/completions") return refuse(response, 404, "Not Found");
    const mode = modes[Math.min(arrived++, modes.length - 1)]!;
    const body = (await json(request)) as Record<string, unknown>;
    if (body.model !== model) return refuse(response, 404, `The model ${body.model} does not exist.`);
    const refused = facts.refuses?.find((name) => name in body);
    if (refused !== undefined) {
      const message = `Unsupported parameter: '${refused}'.`;
      if (facts.reasonIn === undefined || facts.reasonIn === "error") return refuse(response, 400, message);
      response.writeHead(400, { "content-type": "application/json" });
      return void response.end(JSON.stringify({ [facts.reasonIn]: message }));
    }
    const read = await readChatRequest(body, facts.longestSide ?? 768);
    requests.push(read);
    if (typeof mode === "object") {
      if (mode.retryAfter !== undefined) response.setHeader("retry-after", mode.retryAfter);
      return refuse(response, mode.status, mode.message, mode.code);
    }
    await answer(response, read, mode);
  }

  function listModels(response: ServerResponse): void {
    if (facts.models === "html") page(response, 200);
    else if (facts.models === "missing") refuse(response, 404, "Not Found");
    else {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ object: "list", data: [{ id: model, object: "model" }] }));
    }
  }

  async function answer(response: ServerResponse, request: ChatRequest, mode: Mode): Promise<void> {
    if (mode === "html") return page(response, 200);
    response.setHeader("content-type", "text/event-stream");
    const send = (data: unknown) =>
      response.write(`data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`);
    const delta = (content: object, finish: string | null = null, logprobs: object | null = null) =>
      send({
        id: "chatcmpl-1",
        object: "chat.completion.chunk",
        created: 0,
        model,
        choices: [{ index: 0, delta: content, finish_reason: finish, logprobs }],
      });
    delta({ role: "assistant", content: "" });
    if (mode === "stalls-first") return;
    if (mode === "drops-first") return void setImmediate(() => response.destroy());
    if (mode === "error-in-stream") {
      send({ error: { message: "CUDA error", code: 500 } });
      return void response.end();
    }
    const tokens = tokensOf(request, mode);
    for (const [at, token] of tokens.entries()) {
      const content = [{ token, logprob: LOG_PROBABILITY, bytes: null, top_logprobs: [] }];
      delta({ content: token }, null, facts.logprobs && request.logprobs ? { content } : null);
      await new Promise(setImmediate);
      if (at < tokens.length / 2) continue;
      if (mode === "stalls-middle") return;
      if (mode === "drops-middle") return void response.destroy();
      if (mode === "cut-clean") return void response.end();
      if (mode === "malformed") {
        send('{"choices": [{"delta": ');
        return void response.end();
      }
    }
    delta({}, mode === "thinks-only" ? "length" : "stop");
    send("[DONE]");
    response.end();
  }

  server.listen(facts.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    arrived: () => arrived,
    abandoned,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Words and signs with the blank before them, as tokenizers cut. */
function tokensOf(request: ChatRequest, mode: Mode): string[] {
  const { source, answer } = copiedAnswer(request);
  const structured = request.response_format !== undefined && mode !== "ignores-schema";
  const labelled = source === 0 ? "[0]" : `[${source}] ${answer}`;
  const text = structured ? JSON.stringify({ source, answer }) : labelled;
  const thoughts =
    mode === "thinks" || mode === "thinks-only" ? "<think>The flag could be [3].</think>\n\n" : "";
  const all = mode === "thinks-only" ? thoughts.slice(0, 20) : thoughts + text;
  return all.match(/\s?(?:[\p{L}\p{N}]+|[^\s])|\s/gu) ?? [];
}

function refuse(response: ServerResponse, status: number, message: string, code: string | null = null): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: { message, type: "invalid_request_error", param: null, code } }));
}

function page(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" });
  response.end("<!doctype html><title>Open WebUI</title>");
}
