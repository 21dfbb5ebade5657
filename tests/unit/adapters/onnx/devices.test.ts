import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type DeviceFinding,
  examineDevice,
  knownDevices,
  openOnDevice,
} from "../../../../src/adapters/onnx/devices.ts";
import { DEVICES, type Device } from "../../../../src/domain/devices.ts";

const runtime = dirname(dirname(new URL(import.meta.resolve("onnxruntime-node")).pathname));
const cudaInstalled = existsSync(join(runtime, "bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so"));
/** A device that ONNX Runtime does not offer on this system: there is one on each. */
const foreign = DEVICES.find((device) => !knownDevices().includes(device))!;

/** Findings as `examineDevice` makes them, for devices this machine has not. */
const found = (works: boolean, faster: boolean) => async (device: Device) =>
  ({ device, works, faster, detail: "as found", advice: "Buy one." }) satisfies DeviceFinding;

describe("ONNX Runtime on this machine", () => {
  it("knows the processor and WebGPU, and nothing that belongs to another system", () => {
    expect(knownDevices()).toEqual(expect.arrayContaining(["webgpu", "cpu"]));
    expect(knownDevices()).not.toEqual(expect.arrayContaining(["coreml", "dml"]));
  });

  it("has no device of another system, and says which there are", async () => {
    expect(await examineDevice(foreign)).toMatchObject({
      works: false,
      detail: expect.stringContaining(process.platform),
      advice: expect.stringContaining(knownDevices().join(", ")),
    });
  });

  it.runIf(process.platform === "linux")("says what WebGPU lacks where Vulkan has no driver", async () => {
    const finding = await examineDevice("webgpu", { VK_ICD_FILENAMES: "/none", VK_DRIVER_FILES: "/none" });
    expect(finding.works).toBe(false);
    expect(`${finding.detail} ${finding.advice}`).toMatch(/Vulkan (loader|finds no driver).* Install/);
  });

  it.runIf(knownDevices().includes("cuda") && !cudaInstalled)(
    "says how to install CUDA's part of ONNX Runtime where nobody has",
    async () => {
      expect(await examineDevice("cuda")).toMatchObject({
        works: false,
        advice: expect.stringContaining("--onnxruntime-node-install=cuda12"),
      });
    },
  );

  it("survives a driver that ends its process", async () => {
    // Too little memory for Node itself: the process aborts, as one in a broken driver does.
    const finding = await examineDevice("webgpu", { NODE_OPTIONS: "--max-old-space-size=1" });
    expect(finding).toMatchObject({ works: false, detail: expect.stringMatching(/ended with (SIG|code)/) });
  });
});

describe("a model is opened", () => {
  const open = async (device: Device) => `opened on ${device}`;
  const failing = async (device: Device) => {
    if (device !== "cpu") throw new Error("CUDA error 2: out of memory");
    return "opened on cpu";
  };

  it("on the processor without trying anything", async () => {
    const examine = () => Promise.reject(new Error("nobody asked for it"));
    expect(await openOnDevice("cpu", open, examine)).toEqual({
      opened: "opened on cpu",
      device: "cpu",
      passedOver: [],
    });
  });

  it("on the device that was named, slow or not", async () => {
    expect((await openOnDevice("webgpu", open, found(true, false))).opened).toBe("opened on webgpu");
  });

  it("not at all when the device that was named does not work", async () => {
    await expect(openOnDevice(foreign, open)).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(new RegExp(`^DEVICE=${foreign} cannot be used: .*\\. Set DEVICE`)),
    });
  });

  it("not at all when it fails on the device that was named: nothing falls back unasked", async () => {
    await expect(openOnDevice("webgpu", failing, found(true, true))).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("DEVICE=auto"),
      cause: expect.objectContaining({ message: "CUDA error 2: out of memory" }),
    });
  });

  it("by auto on the first device that is faster than the processor", async () => {
    const first = knownDevices()[0]!;
    expect(await openOnDevice("auto", open, found(true, true))).toMatchObject({
      device: first,
      passedOver: [],
    });
  });

  it("by auto on the processor when a GPU is only imitated, or none works", async () => {
    for (const works of [true, false]) {
      const { device, passedOver } = await openOnDevice("auto", open, found(works, false));
      expect(device).toBe("cpu");
      expect(passedOver.map((finding) => finding.device)).toEqual(
        knownDevices().filter((other) => other !== "cpu"),
      );
    }
  });

  it("by auto on the processor when the model fails on every GPU, and the reason is kept", async () => {
    const { opened, passedOver } = await openOnDevice("auto", failing, found(true, true));
    expect(opened).toBe("opened on cpu");
    expect(passedOver[0]!.detail).toContain("out of memory");
  });
});
