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

/** Values that `--device` takes. */
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
    environment: { package: "@tensorflow/tfjs-core", facts: choice.facts },
  };
}
