import { DiscordAPIError, HTTPError } from "discord.js";
import { expect, it } from "vitest";
import { loggable } from "../../../../bots/discord/loggable.ts";

const address = "https://discord.com/api/v10/webhooks/1/secret-token/messages/@original";
const body = { files: [], json: { content: "what somebody wrote" } };

it.each([
  new DiscordAPIError({ code: 10015, message: "Unknown Webhook" }, 10015, 404, "PATCH", address, body),
  new HTTPError(502, "Bad Gateway", "PATCH", address, body),
])("of the library's faults neither tokens nor words are logged", (fault) => {
  const logged = JSON.stringify(loggable(fault));
  expect(logged).not.toMatch(/secret-token|somebody wrote/);
  expect(logged).toContain("PATCH");
});

it("other faults are logged as they are", () => {
  const fault = new Error("something else");
  expect(loggable(fault)).toBe(fault);
});
