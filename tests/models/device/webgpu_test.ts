import assert from "node:assert/strict";
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import { collectGarbage } from "../../../engine/define/collect_garbage.ts";
import { chooseDevice } from "../../../models/device/choose_device.ts";
import { startDevice } from "../../../models/device/device.ts";
import { captureStep } from "../../../models/replay/capture.ts";
import { findAdapter, isSoftware } from "../../../models/device/adapter.ts";
import {
  DISPATCHES_BETWEEN_COLLECTIONS,
  startWebGpu,
} from "../../../models/device/webgpu.ts";
import { onEachDevice } from "../on_each_device.ts";
import { inFull } from "../../full.ts";

const devices = ["webgpu-software"] as const;

onEachDevice(
  "tick() throws after a GPU error that tfjs does not see",
  async (device) => {
    // One input more than a shader may bind: tfjs gives zeros without a word.
    const sum = tf.tidy(() =>
      tf.addN(Array.from({ length: 12 }, () => tf.ones([3])))
    );
    await sum.data();
    assert.throws(() => device.tick(), {
      message: /^Cannot trust the GPU's results: .*Too many bindings/s,
    });
    device.dispose();
    const fresh = await startDevice(await chooseDevice(device.name));
    assert.notEqual(fresh, device);
    fresh.tick();
  },
  { devices },
);

onEachDevice("tick() says that the device is lost", async (device) => {
  const { device: gpu } = tf.backend() as unknown as { device: GPUDevice };
  gpu.destroy();
  await gpu.lost;
  assert.throws(() => device.tick(), {
    message: /^Cannot trust the GPU's results: the device is lost/,
  });
  device.dispose();
}, { devices });

onEachDevice(
  "tick() collects the bind groups of past dispatches",
  async (device) => {
    device.dispose();
    const adapter = await findAdapter("software");
    assert.ok(adapter !== null);
    let collections = 0;
    const { tick, dispose } = await startWebGpu(adapter, {
      collect: () => collections++,
    });
    const x = tf.tensor1d([1, 2, 3, 4]);
    for (let i = 1; i < DISPATCHES_BETWEEN_COLLECTIONS; i++) {
      tf.tidy(() => tf.add(x, x));
    }
    tick();
    assert.equal(collections, 0);
    tf.tidy(() => tf.add(x, x));
    tick();
    tick();
    assert.equal(collections, 1);
    x.dispose();
    dispose();
  },
  { devices: inFull(...devices) },
);

/** A device on which a step was captured, given back. */
async function disposedDevice(): Promise<WeakRef<GPUDevice>> {
  const { gpu, dispose } = await startDevice(
    await chooseDevice("webgpu-software"),
  );
  assert.ok(gpu !== undefined);
  const x = tf.tensor1d([1, 2, 3, 4]);
  captureStep(gpu, { step: () => tf.sum(x), carried: [] }).dispose();
  x.dispose();
  dispose();
  return new WeakRef(gpu.device);
}

onEachDevice(
  "dispose() leaves nothing that holds the device",
  async (device) => {
    device.dispose();
    const first = await disposedDevice();
    const second = await disposedDevice();
    // What kernels and caches of tfjs hold is that of the last device.
    await startDevice(await chooseDevice("webgpu-software"));
    for (let i = 0; i < 3; i++) {
      await turnOfEventLoop();
      collectGarbage();
    }
    assert.equal(first.deref(), undefined);
    assert.equal(second.deref(), undefined);
  },
  { devices },
);

onEachDevice("no product is split over the inner dimension", async (device) => {
  // The split-K program of tfjs 4.22.0 gives garbage here.
  const [a, b] = tf.tidy(() =>
    [
      tf.randomNormal([32, 2048], 0, 1, "float32", 1) as tf.Tensor2D,
      tf.randomNormal([16, 2048], 0, 1, "float32", 2) as tf.Tensor2D,
    ] as const
  );
  const [left, right] = [await a.array(), await b.array()];
  const product = tf.matMul(a, b, false, true);
  const actual = await (product as tf.Tensor2D).array();
  for (let i = 0; i < 32; i++) {
    for (let j = 0; j < 16; j++) {
      const row = left[i] ?? [];
      const expected = row.reduce(
        (sum, x, k) => sum + x * (right[j]?.[k] ?? 0),
        0,
      );
      assert.ok(Math.abs((actual[i]?.[j] ?? NaN) - expected) < 1e-3);
    }
  }
  tf.dispose([a, b, product]);
  device.tick();
}, { devices });

onEachDevice("a tensor that is too large to bind is refused", (device) => {
  const { device: gpu } = tf.backend() as unknown as { device: GPUDevice };
  const limit = gpu.limits.maxStorageBufferBindingSize;
  const n = limit / 4 + 4;
  assert.throws(() => tf.tidy(() => tf.fill([n], 2)), {
    name: "RangeError",
    message: `Cannot run "fill" on the GPU: a tensor of shape [${n}] takes ${
      4 * n
    } bytes, more than the ${limit} it can bind; use a smaller batch`,
  });
  device.tick();
  return Promise.resolve();
}, { devices });

onEachDevice(
  "small tensors are computed on the GPU, not by JavaScript",
  async (device) => {
    const sum = tf.add(tf.scalar(0.1), tf.scalar(0.2));
    assert.equal(
      (await sum.data())[0],
      Math.fround(Math.fround(0.1) + Math.fround(0.2)),
    );
    assert.equal(tf.env().getBool("WEBGPU_CPU_FORWARD"), false);
    device.tick();
  },
  { devices },
);

onEachDevice(
  "isSoftware() recognises the adapter of the test machine",
  async () => {
    const adapter = await findAdapter("software");
    assert.ok(adapter !== null && isSoftware(adapter));
  },
  { devices },
);
