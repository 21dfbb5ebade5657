import { expect, it } from "vitest";
import { createStreamAllowance } from "../../../../bots/slack/stream-allowance.ts";

it("streams are begun less often than Slack allows, in each workspace by itself", () => {
  let time = 0;
  const streams = createStreamAllowance(() => time);
  const begun = () => Array.from({ length: 30 }, () => streams.take("slack:T1")).filter(Boolean).length;
  expect(begun()).toBe(15);
  expect(begun()).toBe(0);
  expect(streams.take("slack:T2")).toBe(true);
  time = 60_001;
  expect(begun()).toBe(15);
});
