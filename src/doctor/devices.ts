/** What computes besides the processor. */
import { type DeviceFinding, examineDevices } from "../start/model.ts";
import type { Check } from "./check.ts";

export async function* examineAllDevices(): AsyncGenerator<Check> {
  for await (const finding of examineDevices()) yield describeDevice(finding);
}

/** Nothing is broken by a GPU that is not there; a named one that does not work is the model's fault above. */
function describeDevice({ device, works, detail, advice }: DeviceFinding): Check {
  const check = { state: works ? "ok" : "note", name: `Device ${device}`, detail } as const;
  return advice === undefined ? check : { ...check, advice };
}
