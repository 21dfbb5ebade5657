/** Which devices ONNX Runtime can use on this machine, and which of them a model is opened on. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { listSupportedBackends } from "onnxruntime-node";
import { DEVICES, type Device, type DeviceChoice } from "../../domain/devices.ts";
import { RoraError } from "../../errors.ts";
import "./no-telemetry.ts";
import { explainFailure, type ProbeFailure } from "./device-faults.ts";

const PROBE = fileURLToPath(new URL("./device-probe.mjs", import.meta.url));
/** Milliseconds after which a driver is taken to hang; the first use of a GPU may compile for many seconds. */
const PATIENCE = 120_000;

/** What was found out about one device. */
export interface DeviceFinding {
  readonly device: Device;
  readonly works: boolean;
  /** Whether it multiplied matrices faster than the processor: drivers that only imitate a GPU do not. */
  readonly faster: boolean;
  readonly detail: string;
  /** What to do when it does not work. */
  readonly advice?: string;
}

/** Devices that this build of ONNX Runtime knows, whether their libraries and drivers are there or not. */
export function knownDevices(): readonly Device[] {
  const names = listSupportedBackends().map(({ name }) => name);
  return DEVICES.filter((device) => names.includes(device));
}

/** Tries a device in another process, whose environment is this one's unless another is given. */
export async function examineDevice(
  device: Device,
  environment?: Readonly<Record<string, string>>,
): Promise<DeviceFinding> {
  if (device === "cpu") return { device, works: true, faster: false, detail: "the processor" };
  const broken = { device, works: false, faster: false } as const;
  const known = knownDevices();
  if (!known.includes(device)) {
    const detail = `ONNX Runtime for Node has no ${device} on ${process.platform} ${process.arch}`;
    return { ...broken, detail, advice: `Set DEVICE to one of ${known.join(", ")}, or to auto.` };
  }
  const outcome = await probe(device, environment);
  if ("error" in outcome) return { ...broken, ...explainFailure(device, outcome) };
  const detail = `works: eight products of matrices take ${outcome.device.toFixed(1)} ms, on the processor ${outcome.cpu.toFixed(1)} ms`;
  return { device, works: true, faster: outcome.device < outcome.cpu, detail };
}

async function probe(
  device: Device,
  environment: NodeJS.ProcessEnv | undefined,
): Promise<ProbeFailure | { readonly device: number; readonly cpu: number }> {
  const child = spawn(process.execPath, [PROBE, device], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: PATIENCE,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data) => (stdout += data));
  child.stderr.on("data", (data) => (stderr += data));
  const [code, signal] = await once(child, "close");
  const line = stdout.trim().split("\n").at(-1)!;
  // A driver may also fail while the process ends, after it had computed: nobody wants that at the end of every command.
  if (child.killed) return { error: "", stderr, ended: "no answer after two minutes" };
  if (code !== 0) return { error: "", stderr, ended: signal ?? `code ${code}` };
  const outcome = JSON.parse(line) as { error: string } | { device: number; cpu: number };
  return "error" in outcome ? { ...outcome, stderr } : outcome;
}

/** A model on the device it was opened on, and the devices that `auto` passed over, with the reason. */
export interface OnDevice<Opened> {
  readonly opened: Opened;
  readonly device: Device;
  readonly passedOver: readonly DeviceFinding[];
}

/**
 * Opens a model on the device that was asked for; `auto` goes on to the next one when one does not work, is slower than the
 * processor, or fails with this model. Throws RoraError `unavailable` that says what is missing: a device that was named is used
 * or nothing is. What `open` had opened when it throws must be closed by then.
 */
export async function openOnDevice<Opened>(
  choice: DeviceChoice,
  open: (device: Device) => Promise<Opened>,
  examine: (device: Device) => Promise<DeviceFinding> = (device) => examineDevice(device),
): Promise<OnDevice<Opened>> {
  const passedOver: DeviceFinding[] = [];
  for (const device of choice === "auto" ? knownDevices() : [choice]) {
    if (device === "cpu") return { opened: await open(device), device, passedOver };
    const finding = await examine(device);
    if (!finding.works && choice !== "auto") {
      throw new RoraError(
        "unavailable",
        `DEVICE=${device} cannot be used: ${finding.detail}. ${finding.advice}`,
      );
    }
    if (choice === "auto" && !finding.faster) {
      passedOver.push(finding);
      continue;
    }
    try {
      return { opened: await open(device), device, passedOver };
    } catch (fault) {
      if (choice !== "auto") throw modelFault(device, fault);
      passedOver.push({ ...finding, works: false, detail: `this model fails on it: ${messageOf(fault)}` });
    }
  }
  throw new Error("The processor is always there.");
}

/** Faults of the model's files already say what to do; ONNX Runtime's own do not. */
function modelFault(device: Device, cause: unknown): RoraError {
  if (cause instanceof RoraError) return cause;
  return new RoraError(
    "unavailable",
    `The model fails on DEVICE=${device}. Set DEVICE=cpu, or DEVICE=auto to fall back to the processor by itself; the log has the reason.`,
    { cause },
  );
}

const messageOf = (fault: unknown) => (fault instanceof Error ? fault.message : String(fault));
