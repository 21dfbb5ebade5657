import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { createWebServer, type WebServer } from "../../../bots/web/main.ts";
import { scriptedWeb } from "../../support/scripted-web.ts";
import { form, readEvents } from "./client.ts";

let server: WebServer | undefined;
afterEach(() => server?.stop());

async function open(overrides: Parameters<typeof scriptedWeb>[0] = {}) {
  const web = scriptedWeb(overrides);
  server = createWebServer(web.options);
  return { ...web, server, url: (await server.start()).url };
}

const streamed = (url: string, question: string, signal?: AbortSignal) =>
  fetch(`${url}/api/ask`, {
    method: "POST",
    body: form({ question }),
    headers: { accept: "text/event-stream" },
    ...(signal && { signal }),
  });

describe("the web chat over a socket", () => {
  it("serves the page", async () => {
    const { url } = await open();
    expect(await (await fetch(url)).text()).toContain("<title>Rora");
  });

  it("answers 413 to a 50 MB body while it is being sent", async () => {
    const { url } = await open();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const upload = request(`${url}/api/ask`, {
        method: "POST",
        headers: { "content-type": "multipart/form-data; boundary=x", "transfer-encoding": "chunked" },
      });
      upload.on("response", (response) => {
        resolve(response.statusCode);
        upload.destroy();
      });
      upload.on("error", reject);
      const chunk = Buffer.alloc(1024 * 1024);
      let left = 50;
      const send = (): void => {
        while (left-- > 0 && !upload.destroyed)
          if (!upload.write(chunk)) return void upload.once("drain", send);
        upload.end();
      };
      send();
    });
    expect(status).toBe(413);
  });

  it("aborts the question when the browser closes the connection", async () => {
    const { url, assistant } = await open({ pause: 5 });
    const going = new AbortController();
    const response = await streamed(url, "Which?", going.signal);
    await response.body!.getReader().read();
    going.abort();
    await expect.poll(() => assistant.aborted).toEqual(["Which?"]);
  });

  it("aborts a question asked for as JSON too", async () => {
    const { url, assistant } = await open();
    const going = new AbortController();
    const response = fetch(`${url}/api/ask`, {
      method: "POST",
      body: form({ question: "slow" }),
      signal: going.signal,
    });
    await expect.poll(() => assistant.questions.length).toBe(1);
    going.abort();
    await expect(response).rejects.toThrow();
    await expect.poll(() => assistant.aborted).toEqual(["slow"]);
  });

  it("lets a running question finish when it stops", async () => {
    const { url, server } = await open({ pause: 10 });
    const response = await streamed(url, "Which?");
    const stopped = server.stop();
    expect(readEvents(await response.text()).at(-1)!.event).toBe("answer-end");
    await stopped;
    await expect(fetch(url)).rejects.toThrow();
  });

  it("aborts what has not finished within the time to drain", async () => {
    const { url, server, assistant } = await open({ drainSeconds: 0.05 });
    const asking = streamed(url, "slow").catch(() => null);
    await expect.poll(() => assistant.questions.length).toBe(1);
    await server.stop();
    await expect.poll(() => assistant.aborted).toEqual(["slow"]);
    await asking;
  });

  it("says so when the port is taken", async () => {
    const { url } = await open();
    const port = Number(new URL(url).port);
    const second = createWebServer(scriptedWeb({ port }).options);
    await expect(second.start()).rejects.toThrow(`Port ${port} is already in use`);
  });
});
