import { APIConnectionError, APIError } from "openai";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createAttempts } from "../../../../src/adapters/openai/attempts.ts";

afterEach(() => void vi.useRealTimers());
const never = new AbortController().signal;
const refusal = (status: number, headers: Record<string, string> = {}) =>
  APIError.generate(status, { error: { message: "no" } }, undefined, new Headers(headers));
/** Throws each failure in turn, then succeeds. */
const failing = (...failures: Error[]) => {
  const work = async () => {
    work.calls++;
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
    return "answer";
  };
  work.calls = 0;
  return work;
};
const soon = { pause: 1 };

describe("asking again", () => {
  it.each([
    ["a server that cannot be reached", new APIConnectionError({})],
    ["a server that fails", refusal(500)],
    ["a busy server that says when to come back", refusal(429, { "retry-after": "0.01" })],
  ])("reaches %s", async (_, failure) => {
    const work = failing(failure, failure);
    expect(await createAttempts(soon)(work, never)).toBe("answer");
    expect(work.calls).toBe(3);
  });

  it("ends with the last failure", async () => {
    const last = refusal(502);
    await expect(createAttempts(soon)(failing(refusal(500), refusal(500), last), never)).rejects.toBe(last);
  });

  it.each([400, 401, 404, 422])("does not help with a status %i", async (status) => {
    const work = failing(refusal(status));
    await expect(createAttempts(soon)(work, never)).rejects.toMatchObject({ status });
    expect(work.calls).toBe(1);
  });

  it("does not keep people waiting for as long as a server asks", async () => {
    const work = failing(refusal(429, { "retry-after": "3600" }));
    await expect(createAttempts(soon)(work, never)).rejects.toMatchObject({ status: 429 });
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    await expect(
      createAttempts(soon)(failing(refusal(503, { "retry-after": date })), never),
    ).rejects.toMatchObject({ status: 503 });
  });

  it("ends at once when the asker goes during a pause", async () => {
    const controller = new AbortController();
    const asking = createAttempts({ pause: 1e9, longestPause: 1e10 })(
      failing(refusal(500)),
      controller.signal,
    );
    const reason = new Error("nobody waits any more");
    setImmediate(() => controller.abort(reason));
    await expect(asking).rejects.toBe(reason);
  });
});

describe("a server that fails again and again", () => {
  it("is left alone for a moment, then tried by one question", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const attempt = createAttempts({ attempts: 1, failures: 2, rest: 10_000 });
    for (let time = 0; time < 2; time++)
      await expect(attempt(failing(refusal(500)), never)).rejects.toMatchObject({ status: 500 });
    const spared = failing();
    await expect(attempt(spared, never)).rejects.toMatchObject({
      code: "unavailable",
      retryAfterSeconds: 10,
    });
    expect(spared.calls).toBe(0);
    vi.setSystemTime(Date.now() + 10_001);
    expect(await attempt(spared, never)).toBe("answer");
  });

  it("is not what a busy server or a wrong request is", async () => {
    const attempt = createAttempts({ attempts: 1, failures: 1 });
    for (const status of [429, 400, 401])
      await expect(attempt(failing(refusal(status)), never)).rejects.toMatchObject({ status });
    expect(await attempt(failing(), never)).toBe("answer");
  });
});
