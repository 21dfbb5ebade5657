/** What can compute a model's graphs. */

/** The processor, and what ONNX Runtime for Node offers besides, in the order in which `auto` tries them. */
export const DEVICES = ["cuda", "webgpu", "coreml", "dml", "cpu"] as const;

export type Device = (typeof DEVICES)[number];

/** `auto` takes the first that works and is faster than the processor. */
export type DeviceChoice = Device | "auto";
