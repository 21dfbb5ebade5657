/** Why a device cannot be used, in plain words: what ONNX Runtime 1.30, CUDA's loader and Vulkan write, read. */
import type { Device } from "../../domain/devices.ts";

/** What the probe left behind. */
export interface ProbeFailure {
  /** ONNX Runtime's own message; empty when the process ended without one. */
  readonly error: string;
  readonly stderr: string;
  /** The signal or exit code that ended the process; undefined when it ended in order. */
  readonly ended?: string | undefined;
}

export interface Explanation {
  readonly detail: string;
  /** What to do about it. */
  readonly advice: string;
}

/** The patterns are tried in order; a reason that none of them knows is shown as it stands. */
export function explainFailure(device: Device, failure: ProbeFailure): Explanation {
  if (failure.ended !== undefined) {
    return {
      detail: `the process that tried it ended with ${failure.ended}`,
      advice: "Update the driver of the GPU, or set DEVICE=cpu.",
    };
  }
  const library = /(lib[\w.+-]+): cannot open shared object file/.exec(failure.stderr)?.[1];
  const known = device === "cuda" ? cudaFault(library) : device === "webgpu" ? vulkanFault(failure) : null;
  return (
    known ?? {
      detail: `ONNX Runtime says "${reasonIn(failure)}"`,
      advice: "See whether other programs can use the GPU, update its driver, or set DEVICE=cpu.",
    }
  );
}

function cudaFault(library: string | undefined): Explanation | null {
  if (library === undefined) return null;
  if (library.startsWith("libonnxruntime_providers")) {
    return {
      detail: "ONNX Runtime's own CUDA libraries are not installed",
      advice:
        "Run `npm rebuild onnxruntime-node --ignore-scripts=false --onnxruntime-node-install=cuda12` (Linux on x64; asks NuGet).",
    };
  }
  if (library === "libcuda.so.1") {
    return {
      detail: "NVIDIA's driver is missing (libcuda.so.1)",
      advice: "Install it; a container gets it with `--gpus all` and NVIDIA's container toolkit.",
    };
  }
  return {
    detail: `a library of CUDA or cuDNN is missing (${library})`,
    advice: "Install the runtime of CUDA 12 and cuDNN 9, and name their folder in LD_LIBRARY_PATH.",
  };
}

function vulkanFault({ error, stderr }: ProbeFailure): Explanation | null {
  if (/load Vulkan: libvulkan/.test(stderr)) {
    return {
      detail: "there is no Vulkan loader (libvulkan.so.1)",
      advice: "Install libvulkan1 and the Vulkan driver of the GPU.",
    };
  }
  if (/Found no drivers|VK_ERROR_INCOMPATIBLE_DRIVER/.test(stderr)) {
    return {
      detail: "Vulkan finds no driver",
      advice: "Install the Vulkan driver of the GPU; into a container, pass the GPU and its driver.",
    };
  }
  if (!error.includes("No supported adapters")) return null;
  return {
    detail: "there is no GPU that WebGPU can use",
    advice: "Update the driver of the GPU, or set DEVICE=cpu.",
  };
}

/** The end of the message says why; before it stand places in ONNX Runtime's sources. */
function reasonIn({ error, stderr }: ProbeFailure): string {
  const loading = /with error: (.+)/.exec(stderr)?.[1];
  const text = (loading ?? error).split("\n")[0]!.replace(/\S*\/\S*\/(\S+)/g, "$1");
  return text.length <= 200 ? text : `…${text.slice(-200)}`;
}
