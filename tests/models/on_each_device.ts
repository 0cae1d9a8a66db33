/**
 * Tests that run on every device of the machine.
 *
 * @module
 */
import {
  chooseDevice,
  type DeviceChoice,
  type DeviceName,
} from "../../models/device/choose_device.ts";
import { type Device, startDevice } from "../../models/device/device.ts";
import "../../models/ops/gradients.ts";

interface Here {
  readonly name: DeviceName;
  readonly choice?: DeviceChoice;
  readonly missing?: string;
}

const here = await Promise.all(
  (["cpu", "wasm", "webgpu-software"] as const).map(
    async (name): Promise<Here> => {
      try {
        return { name, choice: await chooseDevice(name) };
      } catch (cause) {
        return { name, missing: (cause as Error).message };
      }
    },
  ),
);

/** Registers a test for each device; where a device is missing, one that is skipped and says why. */
export function onEachDevice(
  name: string,
  test: (device: Device) => Promise<void>,
  { devices = ["cpu", "wasm", "webgpu-software"], lacks }: {
    readonly devices?: readonly DeviceName[];
    /** What the test needs and this machine has not. */
    readonly lacks?: string | undefined;
  } = {},
): void {
  for (const { name: device, choice, missing = lacks } of here) {
    if (!devices.includes(device)) continue;
    if (choice === undefined || missing !== undefined) {
      Deno.test({
        name: `${name} on ${device} (skipped: ${missing})`,
        ignore: true,
        fn() {},
      });
    } else {
      Deno.test(`${name} on ${device}`, async () => {
        await test(await startDevice(choice));
      });
    }
  }
}
