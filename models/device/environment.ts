/**
 * The device as part of a stage's environment: chosen once for a run.
 *
 * @module
 */
import type { Environment } from "../../engine/define/task_context.ts";
import {
  chooseDevice,
  type DeviceChoice,
  type DeviceRequest,
  DEVICES,
} from "./choose_device.ts";
import { wasmFacts } from "../kernels/wasm/kernel_exports.ts";

/** Values that `--device` takes. */
export const DEVICE_REQUESTS: readonly DeviceRequest[] = ["auto", ...DEVICES];

/** A chosen device, and what it adds to the key of every stage that imports tfjs. */
export interface DeviceEnvironment extends DeviceChoice {
  readonly environment: Environment;
}

/** What a choice may have to do with; replaced in tests. */
interface Choosing {
  readonly choose?: (request: DeviceRequest) => Promise<DeviceChoice>;
  /** Asks the kernels of WebAssembly. */
  readonly ask?: () => Promise<unknown>;
}

/**
 * Chooses the device of a run.
 *
 * @throws {RangeError} if there is no such request
 * @throws {Error} if the device, or the file of its kernels, is not there
 */
export async function environmentOf(
  request: string,
  { choose = chooseDevice, ask = wasmFacts }: Choosing = {},
): Promise<DeviceEnvironment> {
  const known = DEVICE_REQUESTS.find((name) => name === request);
  if (known === undefined) {
    throw new RangeError(
      `Cannot use device "${request}": the devices are ${
        DEVICE_REQUESTS.join(", ")
      }`,
    );
  }
  const choice = await choose(known).catch(async (error) => {
    if (known === "auto" || known === "wasm") await checkKernels(ask);
    throw error;
  });
  return {
    ...choice,
    environment: { package: "@tensorflow/tfjs-core", facts: choice.facts },
  };
}

/**
 * Tells kernels that cannot be used from a device that is not there. It stands
 * here, where no key of a stage has it.
 *
 * @throws {Error} naming their file
 */
async function checkKernels(ask: () => Promise<unknown>): Promise<void> {
  await ask().catch((cause) => {
    const state = cause instanceof Deno.errors.NotFound
      ? "it is missing"
      : "it is damaged";
    throw new Error(
      `Cannot use the kernels in "models/kernels/wasm/kernels.wasm": ${state}; get the file again with git, or run \`deno task build:kernels\``,
    );
  });
}
