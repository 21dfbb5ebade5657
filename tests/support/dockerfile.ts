/** Reads a Dockerfile: instructions in order, comments and line breaks within them gone. */

export interface Instruction {
  /** In capitals, such as `RUN`. */
  readonly name: string;
  readonly text: string;
}

export interface Stage {
  /** Image or earlier stage it starts from. */
  readonly base: string;
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

export function parseDockerfile(text: string): readonly Stage[] {
  const instructions = text
    .replaceAll(/^\s*#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [, name, rest] = /^([A-Z]+) (.*)$/.exec(line)!;
      return { name: name!, text: rest! };
    });
  const stages: Stage[] = [];
  // ARG before the first FROM holds defaults for the FROM lines.
  const defaults = new Map<string, string>();
  let current: Instruction[] | undefined;
  for (const instruction of instructions) {
    if (instruction.name === "FROM") {
      const [base, , name] = instruction.text.split(" ");
      current = [];
      const image = base!.replaceAll(/\$\{(\w+)\}/g, (_, variable) => defaults.get(variable)!);
      stages.push({ base: image, name: name ?? `stage ${stages.length}`, instructions: current });
    } else if (current === undefined) {
      const [variable, value] = instruction.text.split("=");
      defaults.set(variable!, value!);
    } else current.push(instruction);
  }
  return stages;
}

/** `A=1 B="two words"` as an object. */
export function assignments(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w.]+)=(?:"([^"]*)"|(\S*))/g)].map(([, name, quoted, bare]) => [
      name!,
      quoted ?? bare!,
    ]),
  );
}
