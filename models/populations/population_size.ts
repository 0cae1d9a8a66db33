import type { DeviceName } from "../device/choose_device.ts";

/**
 * How many networks a device trains at once. One small network leaves a GPU
 * idle; a device that computes on the CPU is busy with one, and several need
 * more memory.
 */
const SIZES: Readonly<Record<DeviceName, number>> = {
  "webgpu": 16,
  "webgpu-software": 1,
  "wasm": 1,
  "cpu": 1,
};

/** How many networks are trained at once on the device that a stage's environment names. */
export function populationSize(
  { device }: Readonly<Record<string, string>>,
): number {
  return SIZES[device as DeviceName] ?? 1;
}
