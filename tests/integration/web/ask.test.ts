import { describe, expect, it } from "vitest";
import { eventSchema, replySchema } from "../../../bots/web/schemas.ts";
import { scriptedWeb } from "../../support/scripted-web.ts";
import { ask, openApp, pngFile, readEvents, refusal } from "./client.ts";

describe("POST /api/ask as JSON", () => {
  it("answers in the documented shape, no more and no less", async () => {
    const app = openApp(scriptedWeb().options);
    const response = await ask(app, { image: await pngFile(), question: "Which money?" });
    expect(response.status).toBe(200);
    const reply = await response.json();
    expect(replySchema.strict().parse(reply)).toEqual(reply);
    expect(Object.keys(reply).sort()).toEqual(
      "citations confidence conversation evidence interactionId kind models notices relevanceMap text timings visualTokens".split(
        " ",
      ),
    );
    expect(reply.evidence.map((evidence: { cited: boolean }) => evidence.cited)).toEqual([
      true,
      false,
      false,
    ]);
    expect(reply.evidence[0].entity.imageUrl).toBe("/api/entities/country%3Atd/image");
  });

  it("gives the reason with an abstention", async () => {
    const app = openApp(scriptedWeb().options);
    const reply = await (await ask(app, { image: await pngFile(), question: "abstain" })).json();
    expect(reply).toMatchObject({ kind: "abstention", reason: "nothing-relevant", citations: [] });
  });

  it("passes picture, cleaned question, conversation and a pseudonym on", async () => {
    const { options, assistant } = scriptedWeb();
    const image = await pngFile();
    await ask(openApp(options), { image, question: " Which\u0000\n money\u202E? ", conversation: "c-1" });
    const question = assistant.questions[0]!;
    expect(question).toMatchObject({ text: "Which money ?", conversation: "c-1", platform: "web" });
    expect(question.image!.bytes).toEqual(new Uint8Array(await image.arrayBuffer()));
    expect(question.asker.tenant).toBe("web");
  });

  it("sends a question without a picture on as text alone", async () => {
    const { options, assistant } = scriptedWeb();
    const response = await ask(openApp(options), { question: "Which money has Chad?" });
    expect(response.status).toBe(200);
    expect(assistant.questions[0]!.image).toBeUndefined();
    expect((await response.json()).relevanceMap).toBeNull();
  });

  it("takes an untouched file input for no picture", async () => {
    const { options, assistant } = scriptedWeb();
    await ask(openApp(options), { question: "Which?", image: new File([], "") });
    expect(assistant.questions[0]!.image).toBeUndefined();
  });
});

describe("POST /api/ask as an event stream", () => {
  const accept = { accept: "text/event-stream" };

  it("names each event by its kind and ends with the reply", async () => {
    const app = openApp(scriptedWeb().options);
    const response = await ask(app, { image: await pngFile(), question: "Which money?" }, accept);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const events = readEvents(await response.text());
    for (const { event, data } of events) expect(eventSchema.parse(data).kind).toBe(event);
    const kinds = events.map(({ event }) => event).filter((kind) => kind !== "answer-delta");
    expect(kinds).toEqual([
      "queued",
      "image-read",
      "entities-found",
      "evidence-chosen",
      "answer-start",
      "answer-end",
    ]);
    const words = events.filter(({ event }) => event === "answer-delta").map(({ data }) => data.text);
    expect(words.join("")).toBe((events.at(-1)!.data.reply as { text: string }).text);
  });

  it("refuses with a status where nothing was streamed yet", async () => {
    const response = await ask(openApp(scriptedWeb().options), { question: "busy" }, accept);
    expect(response.headers.get("retry-after")).toBe("7");
    expect(await refusal(response)).toBe("503 busy");
  });

  it("tells of a fault on the way as an error event without its details", async () => {
    const response = await ask(openApp(scriptedWeb().options), { question: "break" }, accept);
    const body = await response.text();
    expect(body).not.toContain("secret detail");
    const last = readEvents(body).at(-1)!;
    expect(last.event).toBe("error");
    expect(last.data.error).toMatchObject({ code: "unavailable", interactionId: expect.any(String) });
  });

  it("aborts the question when the client goes away", async () => {
    const { options, assistant } = scriptedWeb({ pause: 5 });
    const response = await ask(openApp(options), { question: "Which?" }, accept);
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel();
    await expect.poll(() => assistant.aborted).toEqual(["Which?"]);
  });
});

describe("what POST /api/ask refuses", () => {
  const cases: [string, Record<string, string | File>, string][] = [
    ["no question", {}, "400 question-missing"],
    ["a blank question", { question: " \n\t " }, "400 question-missing"],
    ["a question of control characters", { question: "\u0000\u0007" }, "400 question-missing"],
    ["10,000 characters", { question: "a".repeat(10_000) }, "400 question-too-long"],
    ["a picture of 0 bytes", { question: "Which?", image: new File([], "a.png") }, "422 image-unreadable"],
    ["text in place of a file", { question: "Which?", image: "hello" }, "400 image-missing"],
    ["a strange conversation", { question: "Which?", conversation: "../../x y" }, "400 bad-request"],
    ["an unreadable picture", { question: "unreadable" }, "422 image-unreadable"],
    ["too many at once", { question: "busy" }, "503 busy"],
  ];
  it.each(cases)("%s", async (_, fields, expected) => {
    expect(await refusal(await ask(openApp(scriptedWeb().options), fields))).toBe(expected);
  });

  it("accepts exactly 1,000 characters, counted as people count", async () => {
    const app = openApp(scriptedWeb().options);
    expect((await ask(app, { question: "🏳".repeat(1000) })).status).toBe(200);
    expect(await refusal(await ask(app, { question: "🏳".repeat(1001) }))).toBe("400 question-too-long");
  });

  it("JSON in place of a form", async () => {
    const response = await openApp(scriptedWeb().options).request("/api/ask", {
      method: "POST",
      body: '{"question":"Which?"}',
      headers: { "content-type": "application/json" },
    });
    expect(await refusal(response)).toBe("400 bad-request");
  });

  it("a form that breaks off", async () => {
    const response = await openApp(scriptedWeb().options).request("/api/ask", {
      method: "POST",
      body: '--x\r\nContent-Disposition: form-data; name="question"\r\n\r\nWhi',
      headers: { "content-type": "multipart/form-data; boundary=x" },
    });
    expect(await refusal(response)).toBe("400 bad-request");
  });

  it("a picture over the limit, by its own length or by the body's", async () => {
    const app = openApp(scriptedWeb().options);
    for (const bytes of [1024 * 1024 + 1, 3 * 1024 * 1024]) {
      const image = new File([new Uint8Array(bytes)], "big.png");
      expect(await refusal(await ask(app, { question: "Which?", image }))).toBe("413 image-too-large");
    }
  });

  it("an endless body long before it has been read", async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 64 * 1024;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const response = await openApp(scriptedWeb().options).request("/api/ask", {
      method: "POST",
      body,
      duplex: "half",
      headers: { "content-type": "multipart/form-data; boundary=x" },
    } as RequestInit);
    expect(await refusal(response)).toBe("413 image-too-large");
    expect(sent).toBeLessThan(2 * 1024 * 1024);
  });

  it("a fault of ours, named only by its interaction id", async () => {
    const response = await ask(openApp(scriptedWeb().options), { question: "break" });
    const body = await response.text();
    expect(response.status).toBe(500);
    expect(body).not.toContain("secret");
    expect(JSON.parse(body).error).toMatchObject({ code: "unavailable", interactionId: expect.any(String) });
  });
});
