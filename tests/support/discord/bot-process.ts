/** A bot over the scripted assistant in a process of its own: `bot-process.ts FOLDER ENDPOINTS`. SIGTERM stops it in order. */
import { once } from "node:events";
import type { DiscordEndpoints } from "../../../bots/discord/options.ts";
import { openScriptedHost } from "./scripted.ts";

const [folder, endpoints] = process.argv.slice(2);
const host = await openScriptedHost(folder!);
const bot = host.bot({ endpoints: JSON.parse(endpoints!) as DiscordEndpoints });
await bot.start();
console.log("in Discord");
await once(process, "SIGTERM");
await bot.stop();
await host.close();
