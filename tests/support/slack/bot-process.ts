/** A bot over the scripted assistant in a process of its own: `bot-process.ts FOLDER ENDPOINTS TOKEN`. SIGTERM stops it in order. */
import { once } from "node:events";
import { openScriptedHost } from "../discord/scripted.ts";
import type { LoopbackSlack } from "./loopback.ts";
import { scriptedSlackBot } from "./scripted.ts";

const [folder, endpoints, token] = process.argv.slice(2);
const host = await openScriptedHost(folder!);
const bot = scriptedSlackBot(host, {
  endpoints: JSON.parse(endpoints!) as LoopbackSlack["endpoints"],
  team: { token: token! },
});
await bot.start();
console.log("in Slack");
await once(process, "SIGTERM");
await bot.stop();
await host.close();
