/** Shows how far a long piece of work is: a bar on a terminal, now and then a line in a log. Writes to stderr. */
import { Presets, SingleBar } from "cli-progress";
import type { Logger } from "./log.ts";

export interface Progress {
  /** `done` of `total`; of 0 nothing is shown. */
  update(done: number, total: number): void;
  stop(): void;
}

/** `title` says what is being done: "Learning the atlas". */
export function createProgress(
  title: string,
  log: Logger,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  return stream.isTTY ? barProgress(title, stream) : logProgress(title, log);
}

function barProgress(title: string, stream: NodeJS.WriteStream): Progress {
  const bar = new SingleBar(
    {
      format: `${title} {bar} {percentage} % · {value} of {total} · {eta_formatted} left`,
      stream,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update(done, total) {
      if (started) bar.update(done);
      else bar.start(total, done);
      started = true;
    },
    stop: () => bar.stop(),
  };
}

/** A line every tenth. */
function logProgress(title: string, log: Logger): Progress {
  let told = 0;
  return {
    update(done, total) {
      const tenth = Math.floor((done / total) * 10);
      if (tenth > told) log.info({ done, total }, `${title}: ${tenth * 10} %`);
      told = Math.max(told, tenth);
    },
    stop: () => {},
  };
}
