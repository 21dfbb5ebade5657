import { describe, expect, it } from "vitest";
import { renderFailure } from "../../../../bots/web/failure.ts";
import { RoraError } from "../../../../src/errors.ts";

describe("rendering a failure", () => {
  it("shows a RoraError's own words, code and interaction", () => {
    const failure = renderFailure(new RoraError("not-found", "There is no such answer."), "q-1");
    expect(failure).toMatchObject({
      status: 404,
      unexpected: false,
      body: { error: { code: "not-found", message: "There is no such answer.", interactionId: "q-1" } },
    });
    expect(failure.headers).toEqual({});
  });

  it("says when to try again, in whole seconds and never 0", () => {
    const busy = new RoraError("busy", "Busy.", { retryAfterSeconds: 0.2 });
    expect(renderFailure(busy).headers).toEqual({ "Retry-After": "1" });
    expect(renderFailure(new RoraError("rate-limited", "Slow.")).headers).toEqual({ "Retry-After": "5" });
  });

  it("leaves to the log what made something unavailable", () => {
    const fault = new RoraError("unavailable", "Start the server.", { cause: new Error("ECONNREFUSED") });
    expect(renderFailure(fault)).toMatchObject({ status: 503, unexpected: true });
    expect(JSON.stringify(renderFailure(fault).body)).not.toContain("ECONNREFUSED");
  });

  it("says nothing of a fault of ours", () => {
    const failure = renderFailure(new Error("password=1234 at /srv/secret.ts"));
    expect(failure).toMatchObject({ status: 500, unexpected: true });
    expect(JSON.stringify(failure.body)).not.toMatch(/1234|secret/);
  });
});
