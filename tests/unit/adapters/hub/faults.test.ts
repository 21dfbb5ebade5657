import { readdir } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startLoopbackHub } from "../../../support/loopback-hub.ts";
import { openPlace, type Place } from "./loopback.ts";

let place: Place;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(() => place.close());

const { signal } = new AbortController();
const faultOf = async (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error("nothing went wrong");
    },
    (error: { code: string; message: string }) => error,
  );

describe("the hub's refusals in plain words:", () => {
  it("a gated model without a token", async () => {
    place.model.token = "hf_right";
    const { code, message } = await faultOf(place.pull());
    expect(code).toBe("unauthorized");
    expect(message).toMatch(/owner\/tiny.*set HF_TOKEN/);
  });

  it("a gated model with another's token, which is not shown", async () => {
    place.model.token = "hf_right";
    const { code, message } = await faultOf(place.pull("owner/tiny", { more: { token: "hf_hunter2" } }));
    expect(code).toBe("unauthorized");
    expect(message).toContain("HF_TOKEN");
    expect(message).not.toContain("hunter2");
  });

  it("an unknown model: strangers hear of a token, others of the spelling", async () => {
    expect((await faultOf(place.pull("owner/tyni"))).message).toContain("check the name");
    expect(await faultOf(place.pull("owner/tyni", { more: { token: "hf_right" } }))).toMatchObject({
      code: "not-found",
      message: expect.stringContaining("spelling"),
    });
  });

  it("an unknown revision", async () => {
    expect(await faultOf(place.pull("owner/tiny@v2"))).toMatchObject({
      code: "not-found",
      message: expect.stringContaining("owner/tiny@v2"),
    });
  });

  it.each([
    [429, "rate-limited", /in a few minutes/],
    [500, "unavailable", /status 500.*later/],
    [503, "unavailable", /status 503.*later/],
  ])("status %i, of its interface and of a file", async (status, code, words) => {
    for (const part of ["/api/", "/resolve/"]) {
      place.remote.trouble = ({ path }) => (path.includes(part) ? { kind: "status", status } : undefined);
      expect(await faultOf(place.pull())).toMatchObject({ code, message: expect.stringMatching(words) });
    }
  });

  it("a page of the network that wants a login, in place of the interface and of a file", async () => {
    place.remote.trouble = () => ({ kind: "page" });
    expect((await faultOf(place.pull())).message).toMatch(/not a Hugging Face hub.*login/);
    place.remote.trouble = ({ path }) => (path.startsWith("/api/") ? undefined : { kind: "page" });
    expect((await faultOf(place.pull())).message).toContain("thrown away");
  });

  it("nobody there", async () => {
    const gone = await startLoopbackHub({});
    await gone.close();
    expect(await faultOf(place.pull("owner/tiny", { more: { endpoint: gone.endpoint } }))).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("cannot be reached"),
    });
  });

  it("offline mode, in which nobody is asked and nothing made", async () => {
    expect((await faultOf(place.pull("owner/tiny", { more: { offline: true } }))).message).toContain(
      "HF_HUB_OFFLINE",
    );
    expect(place.remote.requests).toEqual([]);
    expect(await readdir(place.cache)).toEqual([]);
  });

  it.each([
    "tiny",
    "../../etc",
    "owner/..",
    "owner/tiny/more",
    "owner/tiny@../main",
    "owner--x/tiny",
    "https://hub/owner/tiny",
    "",
  ])("a name that is none: %j", async (name) => {
    expect(await faultOf(place.hub().plan(name, { dtype: "auto", signal }))).toMatchObject({
      code: "bad-request",
    });
  });
});
