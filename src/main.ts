/** Starts Rora, and stops it on a signal. */
import { once } from "node:events";
import { readConfig } from "./config.ts";
import { createLog } from "./log.ts";
import { start } from "./start.ts";
import { runProgram, stopSignal } from "./stopping.ts";

const stop = stopSignal();
await runProgram(async () => {
  const config = readConfig();
  const running = await start(config, createLog(config.logLevel), { signal: stop });
  console.log(
    config.web.page
      ? `Rora is ready. Open ${running.url} in a browser; Ctrl+C stops it.`
      : `Rora's core is ready at ${running.url} for its bots; Ctrl+C stops it.`,
  );
  if (!stop.aborted) await once(stop, "abort");
  await running.close();
}, stop);
