/**
 * The device as part of a stage's environment: chosen once for a run, started
 * in each isolate that computes.
 *
 * @module
 */
import type { Environment } from "../engine/key.ts";
import {
  chooseDevice,
  type Device,
  type DeviceChoice,
  type DeviceName,
  type DeviceRequest,
  DEVICES,
  startDevice,
} from "./device.ts";
import { composedKernels } from "./ops/fused_kernel.ts";

/** What `--device` takes. */
export const DEVICE_REQUESTS: readonly DeviceRequest[] = ["auto", ...DEVICES];

/** A chosen device, and what it adds to the key of every stage that imports tfjs. */
export interface DeviceEnvironment extends DeviceChoice {
  readonly environment: Environment;
}

/**
 * Chooses the device of a run.
 *
 * @throws {RangeError} if there is no such request
 * @throws {Error} if the device is not there
 */
export async function environmentOf(
  request: string,
): Promise<DeviceEnvironment> {
  const known = DEVICE_REQUESTS.find((name) => name === request);
  if (known === undefined) {
    throw new RangeError(
      `Cannot use device "${request}": the devices are ${
        DEVICE_REQUESTS.join(", ")
      }`,
    );
  }
  const choice = await chooseDevice(known);
  return {
    ...choice,
    environment: { package: "@tensorflow/tfjs", facts: choice.facts },
  };
}

/**
 * What a device computes with plain tfjs because it has no fast kernel for it,
 * as a sentence; `undefined` if there is nothing, or nothing has run yet.
 */
export function fallbacksOf({ name }: Device): string | undefined {
  const backend = name === "webgpu-software" ? "webgpu" : name;
  const kernels = composedKernels(backend);
  return kernels.length === 0
    ? undefined
    : `${name} has no fast kernel for ${
      kernels.join(", ")
    }; plain tfjs does it`;
}

/**
 * Starts the device that a stage's environment names.
 *
 * @throws {RangeError} if it names none
 */
export async function deviceOf(
  environment: Readonly<Record<string, string>>,
): Promise<Device> {
  const { device, ...facts } = environment;
  const name: DeviceName | undefined = DEVICES.find((name) => name === device);
  if (name === undefined) {
    throw new RangeError(
      `Cannot start device "${device}": the devices are ${DEVICES.join(", ")}`,
    );
  }
  return await startDevice({
    device: name,
    reason: "the run chose it",
    facts: { device: name, ...facts },
  });
}
