import { basename } from "node:path";
import { InferenceSession } from "onnxruntime-node";
import type { Device } from "../../domain/devices.ts";
import { RoraError } from "../../errors.ts";
import "./no-telemetry.ts";

export interface SessionsOptions {
  /** Threads within one operator; 0 lets ONNX Runtime take one for each physical core. */
  readonly threads?: number;
  /** Where graphs are computed; operators that it lacks are left to the processor. */
  readonly device?: Device;
  /** Whether a session keeps the memory its largest run needed for the next one. Processor only. */
  readonly keepMemory?: boolean;
}

/** Opened graphs, shared by everything that runs the same file. */
export interface Sessions {
  /** Opens a graph on first use. Throws RoraError `unavailable`; the next call tries again. */
  open(file: string): Promise<InferenceSession>;
  /** Releases every session; call it when nothing runs any more. */
  close(): Promise<void>;
}

export function createSessions({
  threads = 0,
  device = "cpu",
  keepMemory = true,
}: SessionsOptions = {}): Sessions {
  const opened = new Map<string, Promise<InferenceSession>>();
  return {
    open(file) {
      const known = opened.get(file);
      if (known !== undefined) return known;
      const opening = InferenceSession.create(file, {
        intraOpNumThreads: threads,
        executionProviders: [device],
        enableCpuMemArena: keepMemory,
        logSeverityLevel: 3,
      }).catch((cause: unknown) => {
        opened.delete(file);
        const remedy = device === "cpu" ? "" : `DEVICE=${device} may not suit it: set DEVICE=cpu, or `;
        throw new RoraError(
          "unavailable",
          `The model file ${basename(file)} cannot be opened; ${remedy}download the model again.`,
          { cause },
        );
      });
      opened.set(file, opening);
      return opening;
    },
    async close() {
      const sessions = await Promise.allSettled(opened.values());
      opened.clear();
      for (const session of sessions) if (session.status === "fulfilled") await session.value.release();
    },
  };
}
