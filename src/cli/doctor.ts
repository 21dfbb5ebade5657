/** `rora doctor`: one line a check; exits with 1 when something that is needed is broken. */
import { readConfig } from "../config.ts";
import { type Check, examine } from "../doctor.ts";

const marks = { ok: "ok     ", note: "note   ", broken: "BROKEN " } as const;

export async function runDoctor(signal: AbortSignal): Promise<void> {
  const config = readConfig();
  let broken = 0;
  for await (const check of examine(config, { signal })) {
    console.log(renderCheck(check));
    if (check.state === "broken") broken++;
  }
  console.log(
    broken === 0 ? "\nAll that is needed is there." : `\n${broken} of the checks above need attention.`,
  );
  if (broken > 0) process.exitCode = 1;
}

function renderCheck({ state, name, detail, advice }: Check): string {
  const first = `${marks[state]}${name}: ${detail}`;
  return advice === undefined ? first : `${first}\n       → ${advice}`;
}
