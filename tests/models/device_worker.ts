/**
 * A worker that starts the device it is sent and adds three numbers on it, or
 * says why it cannot.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { DeviceChoice } from "../../models/device/choose_device.ts";
import { startDevice } from "../../models/device/device.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<DeviceChoice>) => void;
  postMessage(message: unknown): void;
};

scope.onmessage = async ({ data: choice }) => {
  try {
    const device = await startDevice(choice);
    const [sum] = await tf.sum(tf.tensor1d([1, 2, 3])).data();
    device.tick();
    scope.postMessage({ name: device.name, sum });
  } catch (cause) {
    scope.postMessage({ error: (cause as Error).message });
  }
};
