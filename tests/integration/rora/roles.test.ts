import { afterEach, expect, it } from "vitest";
import { createWebServer, type WebServer } from "../../../bots/web/main.ts";
import { readConfig } from "../../../src/config.ts";
import { type Check, examine } from "../../../src/doctor.ts";
import { createLog } from "../../../src/log.ts";
import { start } from "../../../src/start.ts";
import { scriptedWeb } from "../../support/scripted-web.ts";
import { form } from "../web/client.ts";

const coreToken = "what-bots-and-cores-share";
const { signal } = new AbortController();
const configOf = (url: string, token = coreToken) =>
  readConfig({ ROLE: "web", CORE_URL: url, CORE_TOKEN: token, PORT: "0", DATA_DIR: "/nowhere/at/all" });

let core: WebServer | undefined;
afterEach(() => core?.stop());
async function openCore() {
  core = createWebServer(scriptedWeb({ page: false, coreToken }).options);
  return (await core.start()).url;
}
async function checksOf(url: string, token?: string): Promise<Check[]> {
  const checks: Check[] = [];
  for await (const check of examine(configOf(url, token), { signal })) checks.push(check);
  return checks;
}

it("the web chat alone opens no database and no model, and asks its core", async () => {
  const running = await start(configOf(await openCore()), createLog("silent"), { signal });
  expect(await (await fetch(running.url)).text()).toContain("<title>Rora");
  const answered = await fetch(`${running.url}/api/ask`, {
    method: "POST",
    body: form({ question: "Which money?" }),
  });
  expect(await answered.json()).toMatchObject({ kind: "answer" });
  await running.close();
  await expect(fetch(running.url)).rejects.toThrow();
});

it("the doctor looks through the web chat at its core", async () => {
  const checks = await checksOf(await openCore());
  expect(checks.map(({ state, name }) => `${state} ${name}`)).toEqual([
    "ok Node.js",
    "note ROLE",
    "ok Core",
    "ok Core's database",
    "ok Port 0",
  ]);
});

it("the doctor says what to do about a core that is not there, and about a wrong token", async () => {
  const wrong = await checksOf(await openCore(), `${coreToken}!`);
  expect(wrong.find(({ name }) => name === "Core")).toMatchObject({
    state: "broken",
    advice: expect.stringContaining("CORE_TOKEN"),
  });
  const missing = await checksOf("http://127.0.0.1:1");
  expect(missing.find(({ name }) => name === "Core")).toMatchObject({
    state: "broken",
    advice: expect.stringContaining("CORE_URL"),
  });
});
