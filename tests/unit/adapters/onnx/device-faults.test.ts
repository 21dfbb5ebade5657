/** The texts are what ONNX Runtime 1.30 wrote on Linux, from a machine without anything to one without a driver. */
import { describe, expect, it } from "vitest";
import { explainFailure } from "../../../../src/adapters/onnx/device-faults.ts";

const BRIDGE =
  "2026-11-23 14:09:35.483284132 [E:onnxruntime:onnxruntime-node, provider_bridge_ort.cc:2146 Create] /onnxruntime_src/onnxruntime/core/session/provider_bridge_ort.cc:1988 onnxruntime::Provider& onnxruntime::ProviderLibrary::Get() [ONNXRuntimeError] : 1 : FAIL : Failed to load library ";
const FOLDER = "/rora/node_modules/onnxruntime-node/bin/napi-v6/linux/x64";
const cuda = (reason: string) =>
  explainFailure("cuda", {
    error: "OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library",
    stderr: `${BRIDGE}${FOLDER}/libonnxruntime_providers_cuda.so with error: ${reason}\n`,
  });
const NO_ADAPTER =
  "/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 onnxruntime::webgpu::WebGpuContext::Initialize(const onnxruntime::webgpu::WebGpuContextConfig&)::<lambda()> adapter_result.status == wgpu::RequestAdapterStatus::Success was false. Failed to get a WebGPU adapter: No supported adapters\n";
const webgpu = (stderr: string) => explainFailure("webgpu", { error: NO_ADAPTER, stderr });

describe("CUDA", () => {
  it.each([
    [
      "libonnxruntime_providers_shared.so: cannot open shared object file: No such file or directory",
      /own CUDA libraries/,
      /--onnxruntime-node-install=cuda12/,
    ],
    [
      "libcublasLt.so.12: cannot open shared object file: No such file or directory",
      /libcublasLt\.so\.12/,
      /CUDA 12 and cuDNN 9/,
    ],
    ["libcuda.so.1: cannot open shared object file: No such file or directory", /driver/, /--gpus all/],
  ])("without %s is told apart", (reason, detail, advice) => {
    const explained = cuda(reason);
    expect(explained.detail).toMatch(detail);
    expect(explained.advice).toMatch(advice);
  });

  it("shows a reason nobody has seen before, without the folders it came from", () => {
    const { detail } = cuda(
      `${FOLDER}/libonnxruntime_providers_cuda.so: undefined symbol: cuTensorMapEncodeTiled`,
    );
    expect(detail).toContain("libonnxruntime_providers_cuda.so: undefined symbol: cuTensorMapEncodeTiled");
    expect(detail).not.toContain(FOLDER);
  });
});

describe("WebGPU", () => {
  it.each([
    [
      "Warning: Couldn't load Vulkan: libvulkan.so.1: cannot open shared object file: No such file or directory\n",
      /no Vulkan loader/,
      /libvulkan1/,
    ],
    [
      "Warning: vkCreateInstance: Found no drivers!\nWarning: vkCreateInstance failed with VK_ERROR_INCOMPATIBLE_DRIVER\n",
      /finds no driver/,
      /Vulkan driver/,
    ],
    [
      "Warning: Vulkan shaderUniform*ArrayDynamicIndexing required.\n - While initializing adapter (backend=BackendType::Vulkan)\n",
      /no GPU that WebGPU can use/,
      /DEVICE=cpu/,
    ],
  ])("says what is missing: %s", (stderr, detail, advice) => {
    const explained = webgpu(stderr);
    expect(explained.detail).toMatch(detail);
    expect(explained.advice).toMatch(advice);
  });
});
