import { chooseDevice } from "../../models/device/choose_device.ts";
import { type Device, startDevice } from "../../models/device/device.ts";
import "../../models/ops/gradients.ts";

/** tfjs's cpu backend, for tests of what does not depend on the device. */
export async function onCpu(): Promise<Device> {
  return await startDevice(await chooseDevice("cpu"));
}
