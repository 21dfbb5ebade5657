import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { nodeVersion } from "../../../src/doctor/node-version.ts";

it.each(["20.19.0", "20.20.2", "22.0.0", "24.21.0"])("Node %s is new enough", (version) => {
  expect(nodeVersion(version).state).toBe("ok");
});

it.each(["18.20.0", "20.18.3"])("Node %s is too old, and it is said which one is not", async (version) => {
  const { state, advice } = nodeVersion(version);
  expect(state).toBe("broken");
  const { engines } = JSON.parse(await readFile(new URL("../../../package.json", import.meta.url), "utf8"));
  expect(advice).toContain(engines.node.replace(">=", ""));
});
