/**
 * Work on the device that a stage's environment names, tried once more on a
 * fresh device if a GPU fails.
 *
 * @module
 */
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import { later } from "../../engine/define/later.ts";
import type { TaskContext } from "../../engine/define/task_context.ts";
import { type DeviceName, DEVICES } from "./choose_device.ts";
import type { Device } from "./device.ts";
import { GpuFault } from "./gpu_fault.ts";

// Not written where it is imported: Deno would load it at once.
const TFJS = "@tensorflow/tfjs-core";
const devices = later<typeof import("./device.ts")>(
  import.meta.resolve("./device.ts"),
);

/** The part of a task's context that names the device, and hears why work is tried a second time. */
export type DeviceContext = Pick<TaskContext, "environment" | "progress">;

/** The context of work that is done for several stages at once: each hears what is said. */
export function contextOfAll(
  contexts: readonly DeviceContext[],
): DeviceContext {
  return {
    environment: contexts[0]?.environment ?? {},
    progress(progress) {
      for (const context of contexts) context.progress(progress);
    },
  };
}

/**
 * Does `work` on the device of the context. A lost device, one out of memory
 * and a command that it refused void what it computed; then the device is given
 * back and the work is done again, once, on a fresh one: from the last
 * checkpoint, if the work keeps any.
 *
 * @throws {GpuFault} if the GPU fails again
 */
export async function withDevice<T>(
  { environment, progress }: DeviceContext,
  work: (device: Device) => Promise<T>,
  { start = deviceOf }: {
    /** Where devices come from; replaced in tests. */
    readonly start?: typeof deviceOf;
  } = {},
): Promise<T> {
  try {
    return await checked(await start(environment), work);
  } catch (error) {
    if (!(error instanceof GpuFault)) throw error;
    progress({
      unit: "attempt",
      done: 1,
      total: 2,
      note: `${error.message}; trying once more on a fresh device`,
    });
  }
  return await checked(await start(environment), work);
}

/** Does the work; whatever it throws, a fault of the GPU is what is thrown on, and the device is given back. */
async function checked<T>(
  device: Device,
  work: (device: Device) => Promise<T>,
): Promise<T> {
  let outcome: T | undefined;
  let failure: unknown;
  let failed = false;
  try {
    outcome = await work(device);
  } catch (error) {
    failed = true;
    failure = error;
  }
  try {
    await turnOfEventLoop(); // what the GPU says of it comes after what it breaks
    device.tick();
  } catch (fault) {
    device.dispose(); // whoever comes next gets a fresh one
    throw fault;
  }
  if (failed) throw failure;
  return outcome as T;
}

/**
 * Starts the device that a stage's environment names.
 *
 * @throws {RangeError} if it names none
 */
async function deviceOf(
  environment: Readonly<Record<string, string>>,
): Promise<Device> {
  const { device, ...facts } = environment;
  const name: DeviceName | undefined = DEVICES.find((name) => name === device);
  if (name === undefined) {
    throw new RangeError(
      `Cannot start device "${device}": the devices are ${DEVICES.join(", ")}`,
    );
  }
  // First and alone: Deno searches node_modules anew for each module that names
  // a package which no earlier import has loaded, and fifty modules name this one.
  await import(TFJS);
  const { startDevice } = await devices();
  return await startDevice({
    device: name,
    reason: "the run chose it",
    facts: { device: name, ...facts },
  });
}
